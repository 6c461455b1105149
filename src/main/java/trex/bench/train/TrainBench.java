package trex.bench.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import trex.bench.Bench;
import trex.bench.BenchRow;
import trex.bench.Extent;
import trex.bench.GemmProbe;
import trex.bench.MeasuringJvm;
import trex.bench.step.NumericJvm;
import trex.model.Precision;

/// Training steps and likelihoods of SmolLM2-135M's shape in each precision that the machine is fit
/// for, beside the processor's limit and two controls that run in turns with them.
public final class TrainBench implements Bench {
    /// PyTorch 2.13 eager on the same step in its leanest form, in GiB: figures of the design, not
    /// measured here.
    private static final double EAGER_LORA_FP32 = 2225.0 / 1024;
    private static final double EAGER_LORA_BF16 = 1456.0 / 1024;
    private static final double EAGER_FULL_FP32 = 3325.0 / 1024;

    /// TRL 1.16's SFTTrainer on like examples, measured outside: 1.26 to 1.40 examples a second
    /// where an fp32 product ran at 110 to 125 GFLOP/s.
    private static final double TRL_EXAMPLES_PER_GFLOP = 1.33 / 117.5;

    private final GemmProbe probe;
    private final MeasuringJvm jvm;
    private final List<String> only;

    /// @param home the program's home folder
    public TrainBench(GemmProbe probe, Path home) {
        this(probe, NumericJvm.in(home), List.of());
    }

    private TrainBench(GemmProbe probe, MeasuringJvm jvm, List<String> only) {
        this.probe = probe;
        this.jvm = jvm;
        this.only = only;
    }

    @Override
    public String name() {
        return "train";
    }

    @Override
    public String description() {
        return "Training and evaluation beside the processor's limit, padded batches and plain operations.";
    }

    @Override
    public Bench of(Extent extent) throws Unmeasured {
        extent.refuseAllBut(name(), "--only");
        return new TrainBench(probe, jvm, extent.only());
    }

    @Override
    public List<BenchRow> run(Consumer<String> progress) throws Unmeasured, InterruptedException {
        List<TrainCase> cases = cases(probe.measure().fit());
        List<BenchRow> rows = new ArrayList<>();
        for (TrainCase todo : cases) {
            progress.accept("measuring " + todo.name());
            rows.addAll(rows(todo, jvm.run(TrainFigures.class, TrainProcess.class, todo.arguments())));
        }
        return rows;
    }

    private List<TrainCase> cases(List<Precision> precisions) throws Unmeasured {
        List<TrainCase> all = new ArrayList<>();
        for (Precision precision : precisions) {
            for (TrainCase.Load load : TrainCase.Load.values()) {
                all.add(new TrainCase(TrainCase.Work.LORA, precision, load));
                all.add(new TrainCase(TrainCase.Work.FULL, precision, load));
            }
            all.add(new TrainCase(TrainCase.Work.EVALUATION, precision, TrainCase.Load.SHORT));
        }
        List<TrainCase> chosen = all.stream()
                .filter(todo -> only.stream().allMatch(word -> words(todo).contains(word.toLowerCase(Locale.ROOT))))
                .toList();
        if (chosen.isEmpty()) {
            throw new Unmeasured("bench train --only " + String.join(",", only) + " names no case; there are "
                    + String.join(", ", all.stream().map(TrainCase::name).toList()));
        }
        return chosen;
    }

    private static List<String> words(TrainCase todo) {
        return Arrays.asList(todo.name().split(" "));
    }

    static List<BenchRow> rows(TrainCase todo, TrainFigures figures) {
        if (todo.work() == TrainCase.Work.EVALUATION) {
            return List.of(padded(todo, figures, 4));
        }
        List<BenchRow> rows = new ArrayList<>();
        rows.add(share(todo, figures));
        rows.add(memory(todo, figures));
        if (todo.load() == TrainCase.Load.SHORT) {
            boolean lora = todo.work() == TrainCase.Work.LORA;
            rows.add(padded(todo, figures, lora ? 5 : 0));
            if (lora) {
                rows.add(BenchRow.of(todo.name() + ", control: TRL at this machine's fp32 rate",
                                figures.own().examplesPerSecond(), "examples/s")
                        .against(TRL_EXAMPLES_PER_GFLOP * figures.own().gemmFp32())
                        .wantsRatioAtLeast(8));
            }
        }
        if (todo.hasPlainControl()) {
            rows.add(BenchRow.of(todo.name() + ", control: NDArray operations", figures.own().tokensPerSecond(), "tokens/s")
                    .against(figures.own().tokens() / figures.plainSeconds()));
        }
        return rows;
    }

    private static BenchRow share(TrainCase todo, TrainFigures figures) {
        BenchRow row = BenchRow.of(todo.name() + ", control: matrix products", figures.own().tokensPerSecond(), "tokens/s")
                .against(figures.own().limit());
        return todo.load() == TrainCase.Load.ROWS
                ? row.wantsRatioAtLeast(todo.precision() == Precision.BF16 ? 0.6 : 0.8)
                : row;
    }

    private static BenchRow memory(TrainCase todo, TrainFigures figures) {
        BenchRow row = BenchRow.peakMemory(todo.name(), figures.own().peakBytes());
        if (todo.load() != TrainCase.Load.ROWS) {
            return row;
        }
        boolean bf16 = todo.precision() == Precision.BF16;
        return switch (todo.work()) {
            case LORA -> row.against(bf16 ? EAGER_LORA_BF16 : EAGER_LORA_FP32).wantsRatioAtMost(0.8);
            case FULL -> bf16 ? row : row.against(EAGER_FULL_FP32).wantsRatioAtMost(0.8);
            case EVALUATION -> row;
        };
    }

    /// @param least ratio that is wanted; 0 for none
    private static BenchRow padded(TrainCase todo, TrainFigures figures, double least) {
        BenchRow row = BenchRow.of(todo.name() + ", control: padded, all logits", figures.own().examplesPerSecond(), "examples/s")
                .against(figures.own().examples() / figures.paddedSeconds());
        return least > 0 ? row.wantsRatioAtLeast(least) : row;
    }
}
