package trex.bench.step;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import trex.json.Json;
import trex.lm.Descent;
import trex.lm.GemmRate;
import trex.lm.LanguageModel;
import trex.lm.ModelConfig;
import trex.lm.PackedBatch;
import trex.lm.RandomWeights;
import trex.lm.TokenizedExample;
import trex.lm.UnreadableModel;
import trex.model.LossOn;
import trex.model.Precision;
import trex.training.LabelledExample;
import trex.training.Packing;
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
        List<PackedBatch> batches = batches(todo.load());
        try (GemmRate gemm = new GemmRate();
                LanguageModel model = LanguageModel.tunable(
                        new RandomWeights(SHAPE, 1), todo.precision(), todo.method().method(), 1)) {
            Descent optimizer = model.optimizer();
            double best = Double.POSITIVE_INFINITY;
            double rate = 0;
            double fp32 = 0;
            long growth = 0;
            if (todo.load() == StepCase.Load.LONG_RUN) {
                growth = growth(model, optimizer, batches);
            }
            step(model, optimizer, batches.getFirst()); // warms up
            for (int round = 0; round < ROUNDS; round++) {
                rate = Math.max(rate, gemm.measure(todo.precision(), GEMM_SECONDS));
                fp32 = Math.max(fp32, gemm.measure(Precision.FP32, GEMM_SECONDS));
                for (int s = 0; s < STEPS; s++) {
                    best = Math.min(best, step(model, optimizer, batches.getFirst()));
                }
            }
            PackedBatch batch = batches.getFirst();
            int examples = todo.load() == StepCase.Load.ROWS ? 2 : 16;
            double operations = StepMath.operations(SHAPE, todo.method().method(), batch);
            return new StepFigures(new Measurement(best, batch.tokens(), examples, operations, rate,
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

    private static List<PackedBatch> batches(StepCase.Load load) {
        return switch (load) {
            case ROWS -> List.of(Packing.of(rows(), 1f / 510));
            case SHORT -> List.of(Packing.of(shortExamples(16, 1, 19), 1f / 48));
            case LONG_RUN -> {
                List<PackedBatch> various = new ArrayList<>();
                for (int b = 0; b < SETTLED; b++) {
                    various.add(Packing.of(shortExamples(2, b, 4 + b % 16), 1f / 6));
                }
                yield various;
            }
        };
    }

    /// Rows of 257 tokens: 256 go in, each with a label.
    private static List<LabelledExample> rows() {
        Random random = new Random(3);
        List<LabelledExample> rows = new ArrayList<>();
        for (int r = 0; r < 2; r++) {
            rows.add(LabelledExample.of(
                    new TokenizedExample("r" + r, ids(random, 1), ids(random, 256)), LossOn.ALL, 257));
        }
        return rows;
    }

    private static List<LabelledExample> shortExamples(int count, int seed, int own) {
        int[] shared = ids(new Random(5), 46);
        Random random = new Random(seed);
        List<LabelledExample> examples = new ArrayList<>();
        for (int e = 0; e < count; e++) {
            int[] prompt = java.util.Arrays.copyOf(shared, 46 + own - 3);
            System.arraycopy(ids(random, own - 3), 0, prompt, 46, own - 3);
            examples.add(LabelledExample.of(
                    new TokenizedExample("e" + e, prompt, ids(random, 3)), LossOn.COMPLETION, 2048));
        }
        return examples;
    }

    private static int[] ids(Random random, int count) {
        return random.ints(count, 0, SHAPE.vocabulary()).toArray();
    }
}
