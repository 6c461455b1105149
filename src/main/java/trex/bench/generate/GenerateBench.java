package trex.bench.generate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import trex.bench.Bench;
import trex.bench.BenchRow;
import trex.bench.GemmProbe;
import trex.bench.MeasuringJvm;
import trex.bench.step.NumericJvm;
import trex.model.Precision;

/// Greedy writing with SmolLM2-135M's shape in each precision that the machine is fit for.
public final class GenerateBench implements Bench {
    private final GemmProbe probe;
    private final MeasuringJvm jvm;

    /// @param home the program's home folder
    public GenerateBench(GemmProbe probe, Path home) {
        this.probe = probe;
        this.jvm = NumericJvm.in(home);
    }

    @Override
    public String name() {
        return "generate";
    }

    @Override
    public String description() {
        return "Writing one text and eight at once, beside what the memory's speed allows.";
    }

    @Override
    public List<BenchRow> run(Consumer<String> progress) throws Unmeasured, InterruptedException {
        List<BenchRow> rows = new ArrayList<>();
        for (Precision precision : probe.measure().fit()) {
            progress.accept("measuring " + name(precision));
            rows.addAll(rows(precision, jvm.run(GenerateFigures.class, GenerateProcess.class, precision.name())));
        }
        return rows;
    }

    private static List<BenchRow> rows(Precision precision, GenerateFigures figures) {
        String name = name(precision);
        return List.of(
                BenchRow.of(name + ", reading memory", figures.read(), "GB/s"),
                BenchRow.of(name + ", 1 stream, control: every weight read once", figures.single(), "tokens/s")
                        .against(figures.limit())
                        .wantsRatioAtLeast(0.6),
                BenchRow.of(name + ", " + GenerateProcess.STREAMS + " streams, control: 1 stream", figures.batched(), "tokens/s")
                        .against(figures.single())
                        .wantsRatioAtLeast(4),
                BenchRow.peakMemory(name, figures.peakBytes()));
    }

    private static String name(Precision precision) {
        return "writing in " + (precision == Precision.BF16 ? "bf16" : "fp32");
    }
}
