package trex.bench.step;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import trex.bench.Bench;
import trex.bench.BenchRow;
import trex.bench.GemmProbe;
import trex.bench.MeasuringJvm;
import trex.model.Precision;

/// Training steps of SmolLM2-135M's shape in each precision that the machine is fit for.
public final class StepBench implements Bench {
    /// Growth below this is the allocator's, not a leak: 300 steps that keep a tensor each grow more.
    private static final double STEADY_MIB = 16;

    /// Examples a second are stated for a machine of this fp32 rate, in GFLOP/s.
    private static final double REFERENCE_GEMM = 110;

    private final GemmProbe probe;
    private final MeasuringJvm jvm;

    /// @param home the program's home folder
    public StepBench(GemmProbe probe, Path home) {
        this.probe = probe;
        this.jvm = NumericJvm.in(home);
    }

    @Override
    public String name() {
        return "step";
    }

    @Override
    public String description() {
        return "Speed and memory of a training step beside the processor's own limit.";
    }

    @Override
    public List<BenchRow> run(Consumer<String> progress) throws Unmeasured, InterruptedException {
        List<BenchRow> rows = new ArrayList<>();
        List<Precision> precisions = probe.measure().fit();
        for (Precision precision : precisions) {
            for (StepCase.Kind kind : StepCase.Kind.values()) {
                rows.addAll(speedAndMemory(measure(kind, precision, StepCase.Load.ROWS, progress)));
            }
            rows.add(shortExamples(measure(StepCase.Kind.LORA, precision, StepCase.Load.SHORT, progress)));
        }
        for (Precision precision : precisions) {
            rows.add(growth(measure(StepCase.Kind.LORA, precision, StepCase.Load.LONG_RUN, progress)));
        }
        return rows;
    }

    private record Measured(StepCase what, StepFigures figures) {}

    private Measured measure(
            StepCase.Kind kind, Precision precision, StepCase.Load load, Consumer<String> progress)
            throws Unmeasured, InterruptedException {
        StepCase what = new StepCase(kind, precision, load);
        progress.accept("measuring " + what.name());
        return new Measured(what, jvm.run(StepFigures.class, StepProcess.class, what.arguments()));
    }

    private static List<BenchRow> speedAndMemory(Measured measured) {
        boolean bf16 = measured.what.precision() == Precision.BF16;
        BenchRow speed = BenchRow.of(measured.what.name(), measured.figures.step().tokensPerSecond(), "tokens/s")
                .against(measured.figures.step().limit())
                .wantsRatioAtLeast(bf16 ? 0.4 : 0.6);
        BenchRow memory = BenchRow.peakMemory(measured.what.name(), measured.figures.step().peakBytes());
        boolean lora = measured.what.method() == StepCase.Kind.LORA;
        return List.of(speed, lora ? memory.wantsAtMost(bf16 ? 1.6 : 2.0) : memory);
    }

    /// The control is what six examples a second at the reference rate are on this machine.
    private static BenchRow shortExamples(Measured measured) {
        return BenchRow.of(measured.what.name(), measured.figures.step().examplesPerSecond(), "examples/s")
                .against(6 * measured.figures.step().gemmFp32() / REFERENCE_GEMM)
                .wantsRatioAtLeast(1);
    }

    private static BenchRow growth(Measured measured) {
        return BenchRow.of(
                        measured.what.name() + ", growth of memory after the first 20",
                        measured.figures.growthBytes() / (double) (1 << 20),
                        "MiB")
                .wantsAtMost(STEADY_MIB);
    }
}
