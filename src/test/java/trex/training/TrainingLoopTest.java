package trex.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import trex.lm.ComputeDevice;
import trex.lm.FloatTensor;
import trex.lm.LanguageModel;
import trex.lm.OneDnn;
import trex.lm.Products;
import trex.lm.ModelWeights;
import trex.lm.PackedBatch;
import trex.model.GradientCheckpointing;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Optimizer;
import trex.model.Precision;
import trex.model.Quantization;
import trex.model.Recipe;
import trex.model.RunEvent;

class TrainingLoopTest {
    private static final Method.Lora LORA = new Method.Lora(4, 8, LoraTargets.ALL_LINEAR);
    private static final Method.Lora QUANTISED = new Method.Lora(4, 8, LoraTargets.ATTENTION).withBase(Quantization.NF4);

    @TempDir
    private Path folder;

    private final List<RunEvent.Step> steps = new ArrayList<>();

    private Products products = Products.LIBRARY;

    @Test
    void adaptersLearnTheTask() throws Exception {
        Recipe recipe = TinyTask.recipe(LORA, Precision.FP32, 12);
        try (LanguageModel model = open(recipe)) {
            TrainingResult result = tuning(recipe, () -> false)
                    .run(model, SupervisedFineTuning.of(recipe, TinyTask.examples(64)));
            assertThat(result).isInstanceOf(TrainingResult.Finished.class);
        }
        assertThat(steps).hasSize(96);
        assertThat(steps.getFirst().loss()).isGreaterThan(3.5);
        assertThat(steps.getLast().loss()).isLessThan(0.8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FP32", "BF16"})
    void everyWeightLearnsTheTask(Precision precision) throws Exception {
        Recipe recipe = TinyTask.recipe(new Method.Full(), precision, 12);
        try (LanguageModel model = open(recipe)) {
            tuning(recipe, () -> false).run(model, SupervisedFineTuning.of(recipe, TinyTask.examples(64)));
        }
        assertThat(steps.getLast().loss()).isLessThan(0.5);
    }

    @ParameterizedTest
    @CsvSource({"SGD, 0.3", "ADAFACTOR, 0.02"})
    void everyOptimizerLearnsTheTaskAndGoesOnToTheSameBits(Optimizer optimizer, double rate) throws Exception {
        Recipe adamw = TinyTask.recipe(LORA, Precision.FP32, 12);
        Recipe recipe = adamw.withOptimization(adamw.optimization().withOptimizer(optimizer).withLearningRate(rate));
        try (LanguageModel model = open(recipe)) {
            tuning(recipe, () -> false).run(model, SupervisedFineTuning.of(recipe, TinyTask.examples(64)));
        }
        assertThat(steps.getLast().loss()).isLessThan(1.5);
        Recipe shorter = recipe.withOptimization(recipe.optimization().withEpochs(2));
        float[][] undisturbed = weightsAfter(shorter, folder.resolve("whole"), Integer.MAX_VALUE);
        weightsAfter(shorter, folder.resolve("cut"), 5);
        float[][] resumed = weightsAfter(shorter, folder.resolve("cut"), Integer.MAX_VALUE);
        assertThat(Arrays.deepEquals(resumed, undisturbed)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(value = Precision.class, names = {"FP32", "BF16"})
    void gradientCheckpointingChangesNoBitAndMaySetInHalfway(Precision precision) throws Exception {
        for (Method method : List.of(LORA, QUANTISED, new Method.Full())) {
            Recipe plain = TinyTask.recipe(method, precision, 1);
            Recipe checkpointed = plain.withGradientCheckpointing(GradientCheckpointing.ON);
            float[][] expected = weightsAfter(plain, folder.resolve("plain" + method), Integer.MAX_VALUE);
            assertThat(weightsAfter(checkpointed, folder.resolve("all" + method), Integer.MAX_VALUE))
                    .isDeepEqualTo(expected);
            Path place = folder.resolve("half" + method);
            weightsAfter(plain, place, 4);
            assertThat(weightsAfter(checkpointed, place, Integer.MAX_VALUE)).isDeepEqualTo(expected);
        }
    }

    @Test
    void aRunThatIsStoppedAndResumedReachesTheSameBits() throws Exception {
        for (Method method : List.of(LORA, QUANTISED, new Method.Full())) {
            Recipe recipe = TinyTask.recipe(method, Precision.FP32, 3);
            float[][] undisturbed = weightsAfter(recipe, folder.resolve("whole" + method), Integer.MAX_VALUE);
            for (int stopAt : new int[] {0, 1, 7, 8, 15, 23}) {
                Path place = folder.resolve("cut" + stopAt + method);
                weightsAfter(recipe, place, stopAt);
                float[][] resumed = weightsAfter(recipe, place, Integer.MAX_VALUE);
                assertThat(Arrays.deepEquals(resumed, undisturbed)).as("stopped at " + stopAt).isTrue();
            }
        }
    }

    @Test
    void byOneDnnARunReachesTheSameBitsTooAndRemembersIt() throws Exception {
        assumeThat(OneDnn.products()).as("this library multiplies by oneDNN").contains(Products.ONEDNN);
        products = Products.ONEDNN;
        for (Method method : List.of(LORA, QUANTISED, new Method.Full())) {
            Recipe recipe = TinyTask.recipe(method, Precision.FP32, 1);
            float[][] undisturbed = weightsAfter(recipe, folder.resolve("whole" + method), Integer.MAX_VALUE);
            Path place = folder.resolve("cut" + method);
            weightsAfter(recipe, place, 3);
            Path checkpoint = Path.of(new FolderCheckpoints(place).newest().orElseThrow().path());
            assertThat(CheckpointFiles.products(checkpoint)).isEqualTo(Products.ONEDNN);
            Recipe checkpointed = recipe.withGradientCheckpointing(GradientCheckpointing.ON);
            assertThat(weightsAfter(checkpointed, place, Integer.MAX_VALUE)).isDeepEqualTo(undisturbed);
        }
    }

    @Test
    void accumulatedSingleExamplesTrainAsTheirBatch() throws Exception {
        for (Method method : List.of(LORA, new Method.Full())) {
            Recipe start = TinyTask.recipe(method, Precision.FP32, 1);
            Recipe sgd = start.withOptimization(
                    start.optimization().withOptimizer(Optimizer.SGD).withLearningRate(0.03));
            Recipe batch = sgd.withOptimization(sgd.optimization().withBatchSize(4).withAccumulation(1));
            Recipe single = sgd.withOptimization(sgd.optimization().withBatchSize(1).withAccumulation(4));
            float[][] expected = weightsAfter(batch, folder.resolve("batch" + method), Integer.MAX_VALUE);
            float[][] actual = weightsAfter(single, folder.resolve("single" + method), Integer.MAX_VALUE);
            for (int t = 0; t < expected.length; t++) {
                assertThat(actual[t]).containsExactly(expected[t], within(2e-5f));
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameBitsAndAnotherSeedDoesNot() throws Exception {
        Recipe recipe = TinyTask.recipe(LORA, Precision.FP32, 2);
        float[][] first = weightsAfter(recipe, folder.resolve("a"), Integer.MAX_VALUE);
        float[][] second = weightsAfter(recipe, folder.resolve("b"), Integer.MAX_VALUE);
        float[][] other = weightsAfter(recipe.withSeed(6), folder.resolve("c"), Integer.MAX_VALUE);
        assertThat(Arrays.deepEquals(first, second)).isTrue();
        assertThat(Arrays.deepEquals(first, other)).isFalse();
    }

    @Test
    void aRunThatDivergesEndsWithTheStepAndItsExamples() throws Exception {
        Recipe recipe = TinyTask.recipe(new Method.Full(), Precision.FP32, 50);
        recipe = recipe.withOptimization(new trex.model.Optimization(
                1, 50, 4, 2, 0, trex.model.Schedule.CONSTANT, 0, 1e6));
        try (LanguageModel model = open(recipe)) {
            TrainingResult result = tuning(recipe, () -> false)
                    .run(model, SupervisedFineTuning.of(recipe, TinyTask.examples(64)));
            assertThat(result).isInstanceOfSatisfying(TrainingResult.Diverged.class, diverged -> {
                assertThat(diverged.ids()).hasSize(8).allMatch(id -> id.startsWith("e"));
                assertThat(diverged.step()).isPositive();
                assertThat(diverged.reason()).isNotBlank();
            });
        }
    }

    @Test
    void theBestValidationIsTheResult() throws Exception {
        Recipe recipe = TinyTask.recipe(LORA, Precision.FP32, 3);
        double[] scores = {0.2, 0.9, 0.4};
        AtomicInteger next = new AtomicInteger();
        try (LanguageModel model = open(recipe)) {
            TrainingResult result = new TrainingLoop(
                            recipe, m -> TinyTask.score(scores[next.getAndIncrement()]),
                            new FolderCheckpoints(folder), () -> false, event -> {})
                    .run(model, SupervisedFineTuning.of(recipe, TinyTask.examples(64)));
            assertThat(result).isInstanceOfSatisfying(TrainingResult.Finished.class, finished -> {
                assertThat(finished.best().value()).isEqualTo(0.9);
                assertThat(finished.checkpoint().step()).isEqualTo(16);
                assertThat(Path.of(finished.checkpoint().path()).resolve("adapter_model.safetensors")).exists();
            });
            assertThat(next).hasValue(3);
        }
        Path best = folder.resolve("step-16");
        try (LanguageModel tuned = CheckpointFiles.open(best, TinyTask.weights(), ComputeDevice.PROCESSOR)) {
            assertThat(tuned.adapters()).isNotNull();
        }
    }

    /// And a merged export is the untouched base plus what was learnt.
    @Test
    void adaptersOnAQuantisedBaseLearnTheTaskAndAreOpenedOnTheSameBase() throws Exception {
        Recipe recipe = TinyTask.recipe(QUANTISED, Precision.FP32, 12);
        List<LabelledExample> some = TinyTask.examples(4).stream()
                .map(e -> LabelledExample.of(e, recipe.lossOn(), recipe.maxLength()))
                .toList();
        PackedBatch batch = Packing.of(some, 1);
        try (LanguageModel model = open(recipe)) {
            tuning(recipe, () -> false).run(model, SupervisedFineTuning.of(recipe, TinyTask.examples(64)));
            assertThat(steps.getLast().loss()).isLessThan(1.5);
            Path end = folder.resolve("step-" + steps.size());
            try (LanguageModel tuned = CheckpointFiles.open(end, TinyTask.weights(), ComputeDevice.PROCESSOR)) {
                assertThat(tuned.logits(batch)).isDeepEqualTo(model.logits(batch));
            }
            String matrix = "model.layers.0.mlp.up_proj.weight";
            assertThat(values(CheckpointFiles.merged(end, TinyTask.weights()), matrix))
                    .isEqualTo(values(TinyTask.weights(), matrix));
        }
    }

    private static float[] values(ModelWeights weights, String name) throws Exception {
        float[] values = new float[(int) (weights.shape(name)[0] * weights.shape(name)[1])];
        weights.copyTo(name, MemorySegment.ofArray(values));
        return values;
    }

    private float[][] weightsAfter(Recipe recipe, Path place, int stopAfter) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (LanguageModel model = open(recipe)) {
            new TrainingLoop(recipe, m -> TinyTask.score(0.5), new FolderCheckpoints(place),
                            () -> asked.getAndIncrement() >= stopAfter, event -> {})
                    .run(model, SupervisedFineTuning.of(recipe, TinyTask.examples(64)));
            return model.trainable().stream().map(FloatTensor::toArray).toArray(float[][]::new);
        }
    }

    private TrainingLoop tuning(Recipe recipe, StopSignal stop) {
        return new TrainingLoop(recipe, m -> TinyTask.score(0.5), new FolderCheckpoints(folder), stop, event -> {
            if (event instanceof RunEvent.Step s) {
                steps.add(s);
            }
        });
    }

    private LanguageModel open(Recipe recipe) throws Exception {
        return LanguageModel.tunable(TinyTask.weights(), ComputeDevice.PROCESSOR, recipe.precision(), products, recipe.method(), recipe.seed());
    }
}
