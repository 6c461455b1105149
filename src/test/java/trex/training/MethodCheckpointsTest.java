package trex.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trex.lm.ComputeDevice;
import trex.lm.FloatTensor;
import trex.lm.LanguageModel;
import trex.lm.ModelWeights;
import trex.lm.PackedBatch;
import trex.lm.Segment;
import trex.model.LoraInit;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Precision;
import trex.model.Recipe;

/// What every method's checkpoints hold: a run that was cut goes on to the same bits, and what was
/// trained is what is opened and merged later.
class MethodCheckpointsTest {
    private static final Method.Lora LORA = new Method.Lora(4, 8, LoraTargets.ALL_LINEAR);

    @TempDir
    private Path folder;

    static Stream<Method> methods() {
        return Stream.of(LORA.withFrozenLayers(1), LORA.withRateRatio(8),
                LORA.withMagnitudes(true).withFrozenLayers(1),
                LORA.withInit(LoraInit.PRINCIPAL), LORA.withInit(LoraInit.PRINCIPAL).withMagnitudes(true), new Method.Full(1));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aRunThatIsStoppedAndResumedReachesTheSameBits(Method method) throws Exception {
        Recipe silent = TinyTask.recipe(method, Precision.FP32, 1.5);
        Recipe recipe = silent.withOptimization(silent.optimization().withNoise(3));
        float[][] undisturbed = weightsAfter(recipe, folder.resolve("whole"), Integer.MAX_VALUE);
        for (int stopAt : new int[] {1, 8}) {
            Path place = folder.resolve("cut" + stopAt);
            weightsAfter(recipe, place, stopAt);
            float[][] resumed = weightsAfter(recipe, place, Integer.MAX_VALUE);
            assertThat(Arrays.deepEquals(resumed, undisturbed)).as("stopped at " + stopAt).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aCheckpointIsTheModelThatWasTrained(Method method) throws Exception {
        for (Precision precision : List.of(Precision.FP32, Precision.BF16)) {
            Recipe recipe = TinyTask.recipe(method, precision, 1).withValidations(1);
            try (LanguageModel model = open(recipe)) {
                float[] before = logits(model);
                Path best = Path.of(((TrainingResult.Finished) train(recipe, folder.resolve(precision.name()), model,
                        Integer.MAX_VALUE)).checkpoint().path());
                float[] trained = logits(model);
                assertThat(distance(trained, before)).isGreaterThan(0.1);
                try (LanguageModel opened = CheckpointFiles.open(best, TinyTask.weights(), ComputeDevice.PROCESSOR)) {
                    double rounding = precision == Precision.FP32 ? 1e-5 : 0.1; // products in another order
                    assertThat(distance(logits(opened), trained)).isCloseTo(0, within(rounding));
                }
                try (ModelWeights weights = CheckpointFiles.merged(best, TinyTask.weights());
                        LanguageModel merged = LanguageModel.frozen(weights, precision)) {
                    double allowed = precision == Precision.FP32 ? 1e-4 : 0.25;
                    assertThat(distance(logits(merged), trained)).isCloseTo(0, within(allowed));
                }
            }
        }
    }

    private static float[] logits(LanguageModel model) {
        PackedBatch batch = new PackedBatch(IntStream.range(3, 15).toArray(), IntStream.range(0, 12).toArray(),
                List.of(new Segment(0, 12, Segment.NONE)), new int[] {11}, new int[1], new float[0]);
        return model.logits(batch)[0];
    }

    private static double distance(float[] a, float[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> Math.abs(a[i] - b[i])).max().orElseThrow();
    }

    private static float[][] weightsAfter(Recipe recipe, Path place, int stopAfter) throws Exception {
        try (LanguageModel model = open(recipe)) {
            train(recipe, place, model, stopAfter);
            List<float[]> weights = new ArrayList<>();
            for (FloatTensor tensor : model.trainable()) {
                weights.add(tensor.toArray());
            }
            return weights.toArray(float[][]::new);
        }
    }

    private static TrainingResult train(Recipe recipe, Path place, LanguageModel model, int stopAfter) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        return new TrainingLoop(recipe, m -> TinyTask.score(0.5), new FolderCheckpoints(place),
                        () -> asked.getAndIncrement() >= stopAfter, event -> {})
                .run(model, SupervisedFineTuning.of(recipe, TinyTask.examples(64)));
    }

    private static LanguageModel open(Recipe recipe) throws Exception {
        return LanguageModel.tunable(TinyTask.weights(), recipe.precision(), recipe.method(), recipe.seed());
    }
}
