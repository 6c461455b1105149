package trex.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import trex.lm.FloatTensor;
import trex.lm.LanguageModel;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Optimizer;
import trex.model.Precision;
import trex.model.Recipe;
import trex.model.RunEvent;

class LowerLayersTest {
    private static final Method LORA = new Method.Lora(4, 8, LoraTargets.ALL_LINEAR).withFrozenLayers(1);
    private static final int EXAMPLES = 64;

    @TempDir
    private Path folder;

    private final List<String> notices = new ArrayList<>();

    @Test
    void aTrainingThatRunsItsFrozenLayersOnceGoesWhereTheOtherGoes() throws Exception {
        Recipe start = TinyTask.recipe(LORA, Precision.FP32, 3);
        Recipe recipe = start.withOptimization(start.optimization().withOptimizer(Optimizer.SGD).withLearningRate(0.03));
        float[][] plain = weightsAfter(recipe, "plain", 0, Integer.MAX_VALUE);
        assertThat(notices).noneMatch(text -> text.contains("frozen layers once"));
        float[][] once = weightsAfter(recipe, "once", Long.MAX_VALUE, Integer.MAX_VALUE);
        assertThat(notices).anyMatch(text -> text.startsWith("Runs the frozen layers once for all steps: "));
        for (int t = 0; t < plain.length; t++) {
            assertThat(once[t]).containsExactly(plain[t], within(2e-5f));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Precision.class, names = {"FP32", "BF16"})
    void aRunThatGoesOnReachesTheSameBitsWhateverMemoryThereIsThen(Precision precision) throws Exception {
        for (Method method : List.of(LORA, new Method.Full(1))) {
            Recipe recipe = TinyTask.recipe(method, precision, 3);
            for (long room : new long[] {0, Long.MAX_VALUE}) {
                float[][] whole = weightsAfter(recipe, "whole" + room + method, room, Integer.MAX_VALUE);
                weightsAfter(recipe, "cut" + room + method, room, 20);
                float[][] resumed = weightsAfter(recipe, "cut" + room + method, room == 0 ? Long.MAX_VALUE : 0, Integer.MAX_VALUE);
                assertThat(resumed).isDeepEqualTo(whole);
            }
        }
    }

    @Test
    void nothingIsKeptWhereItDoesNotPay() throws Exception {
        Recipe recipe = TinyTask.recipe(LORA, Precision.FP32, 2);
        weightsAfter(recipe.withOptimization(recipe.optimization().withEpochs(1)), "once", Long.MAX_VALUE, Integer.MAX_VALUE);
        weightsAfter(recipe.withOptimization(recipe.optimization().withNoise(5)), "noise", Long.MAX_VALUE, Integer.MAX_VALUE);
        weightsAfter(recipe.withMethod(LORA.withFrozenLayers(0)), "all", Long.MAX_VALUE, Integer.MAX_VALUE);
        assertThat(notices).noneMatch(text -> text.contains("frozen layers once"));
    }

    private float[][] weightsAfter(Recipe recipe, String place, long room, int stopAfter) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (LanguageModel model =
                LanguageModel.tunable(TinyTask.weights(), recipe.precision(), recipe.method(), recipe.seed())) {
            new TrainingLoop(recipe, m -> TinyTask.score(0.5), new FolderCheckpoints(folder.resolve(place)),
                            () -> asked.getAndIncrement() >= stopAfter, event -> {
                                if (event instanceof RunEvent.Notice(String text)) {
                                    notices.add(text);
                                }
                            }, room)
                    .run(model, SupervisedFineTuning.of(recipe, TinyTask.examples(EXAMPLES)));
            return model.trainable().stream().map(FloatTensor::toArray).toArray(float[][]::new);
        }
    }
}
