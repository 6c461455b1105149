package trex.bench.step;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import trex.json.Json;
import trex.lm.Calibrator;
import trex.lm.ComputeDevice;
import trex.lm.Descent;
import trex.lm.GemmRate;
import trex.lm.LanguageModel;
import trex.lm.ModelConfig;
import trex.lm.PackedBatch;
import trex.lm.RandomWeights;
import trex.lm.UnreadableModel;
import trex.model.Precision;
import trex.training.LabelledExample;
import trex.training.ResidentMemory;

/// The measured process: runs one [StepCase] and prints its [StepFigures] as a line of JSON.
public final class StepProcess {
    /// SmolLM2-135M's shape.
    public static final ModelConfig SHAPE =
            new ModelConfig(49_152, 576, 30, 9, 3, 64, 1536, 2048, 1e-5, 100_000, true);

    private static final int ROUNDS = 4;
    private static final int STEPS = 3;
    private static final double GEMM_SECONDS = 0.25;
    private static final int MANY = 300;
    private static final int SETTLED = 20;

    private StepProcess() {}

    public static void main(String[] arguments) throws IOException, UnreadableModel {
        StepFigures figures = run(StepCase.parse(arguments));
        System.out.println(Json.mapper().writeValueAsString(figures));
    }

    private static StepFigures run(StepCase todo) throws UnreadableModel {
        List<List<LabelledExample>> examples = batches(todo.load());
        List<PackedBatch> batches = examples.stream().map(RandomExamples::packed).toList();
        PackedBatch batch = batches.getFirst();
        try (GemmRate gemm = new GemmRate();
                LanguageModel model = LanguageModel.tunable(new RandomWeights(SHAPE, 1), ComputeDevice.PROCESSOR, todo.precision(),
                        Calibrator.measure().products(), todo.method().method(), 1)) {
            Descent optimizer = model.optimizer();
            double best = Double.POSITIVE_INFINITY;
            double rate = 0;
            double fp32 = 0;
            long growth = 0;
            if (todo.load() == StepCase.Load.LONG_RUN) {
                growth = growth(model, optimizer, batches);
            }
            step(model, optimizer, batch); // warms up
            for (int round = 0; round < ROUNDS; round++) {
                rate = Math.max(rate, gemm.fastest(todo.precision(), GEMM_SECONDS));
                fp32 = Math.max(fp32, gemm.measure(Precision.FP32, GEMM_SECONDS));
                for (int s = 0; s < STEPS; s++) {
                    best = Math.min(best, step(model, optimizer, batch));
                }
            }
            double operations = StepMath.operations(SHAPE, todo.method().method(), batch);
            return new StepFigures(new Measurement(best, batch.tokens(), examples.getFirst().size(), operations, rate,
                    fp32, ResidentMemory.peakBytes()), growth);
        }
    }

    private static long growth(LanguageModel model, Descent optimizer, List<PackedBatch> batches) {
        long settled = 0;
        for (int s = 1; s <= MANY; s++) {
            step(model, optimizer, batches.get(s % batches.size()));
            if (s == SETTLED) {
                settled = ResidentMemory.bytes();
            }
        }
        return ResidentMemory.bytes() - settled;
    }

    private static double step(LanguageModel model, Descent optimizer, PackedBatch batch) {
        long start = System.nanoTime();
        model.grads(batch, false);
        optimizer.apply(1e-5, 0.01, 1);
        return (System.nanoTime() - start) / 1e9;
    }

    /// Examples of each batch.
    private static List<List<LabelledExample>> batches(StepCase.Load load) {
        return switch (load) {
            case ROWS -> {
                RandomExamples random = new RandomExamples(3, SHAPE.vocabulary());
                yield List.of(List.of(random.text("r0", 256), random.text("r1", 256)));
            }
            case SHORT -> List.of(shortExamples(16, 1, 19));
            case LONG_RUN -> IntStream.range(0, SETTLED).mapToObj(b -> shortExamples(2, b, 4 + b % 16)).toList();
        };
    }

    private static List<LabelledExample> shortExamples(int count, int seed, int own) {
        int[] shared = new RandomExamples(5, SHAPE.vocabulary()).ids(46);
        RandomExamples random = new RandomExamples(seed, SHAPE.vocabulary());
        return IntStream.range(0, count).mapToObj(e -> random.asked("e" + e, shared, own - 3, 3)).toList();
    }
}
