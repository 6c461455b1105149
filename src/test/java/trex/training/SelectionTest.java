package trex.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trex.lm.ComputeDevice;
import trex.lm.FloatTensor;
import trex.lm.LanguageModel;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Precision;
import trex.model.Recipe;
import trex.model.RunEvent;
import trex.model.Selection;

/// Which state of a run is its result.
class SelectionTest {
    private static final int STEPS = 16;
    private static final Recipe EIGHT_VALIDATIONS = TinyTask
            .recipe(new Method.Lora(4, 8, LoraTargets.ALL_LINEAR), Precision.FP32, 2).withValidations(8);

    @TempDir
    private Path folder;

    private final List<RunEvent> heard = new ArrayList<>();

    @Test
    void aTrainingWithoutABetterScoreEndsWhenPatienceDoes() throws Exception {
        double[] scores = {0.3, 0.6, 0.5, 0.7, 0.6, 0.7, 0.2, 0.9};
        AtomicInteger next = new AtomicInteger();
        TrainingResult.Finished finished = finished(EIGHT_VALIDATIONS.withSelection(new Selection(3, 0)), folder,
                model -> TinyTask.score(scores[next.getAndIncrement()]));
        assertThat(finished.best().value()).isEqualTo(0.7);
        assertThat(finished.checkpoint().step()).isEqualTo(8);
        assertThat(next).hasValue(7);
        assertThat(heard).contains(new RunEvent.Notice(
                "Training ended early, after step 14 of 16: 3 validations in a row were no better"));
    }

    @Test
    void theMeanOfTheNewestStatesIsMeasuredLastAndKeptIfItIsTheBest() throws Exception {
        List<float[][]> measured = new ArrayList<>();
        Recipe recipe = EIGHT_VALIDATIONS.withSelection(new Selection(0, 3));
        TrainingResult.Finished finished = finished(recipe, folder, model -> {
            measured.add(weights(model));
            return TinyTask.score(measured.size() == 9 ? 0.9 : 0.5);
        });
        assertThat(finished.best().value()).isEqualTo(0.9);
        assertThat(finished.checkpoint().step()).isEqualTo(STEPS);
        assertMean(measured.get(8), measured.subList(5, 8));
        try (LanguageModel kept = CheckpointFiles.open(
                Path.of(finished.checkpoint().path()), TinyTask.weights(), ComputeDevice.PROCESSOR)) {
            assertThat(weights(kept)).isDeepEqualTo(measured.get(8));
        }
        assertThat(heard).contains(new RunEvent.Notice("Measures the mean of the states after steps 12, 14, 16"));
    }

    @Test
    void aMeanThatIsNoBetterChangesNothing() throws Exception {
        AtomicInteger next = new AtomicInteger();
        TrainingResult.Finished finished = finished(EIGHT_VALIDATIONS.withSelection(new Selection(0, 2)), folder,
                model -> TinyTask.score(next.getAndIncrement() == 4 ? 0.6 : 0.5));
        assertThat(finished.checkpoint().step()).isEqualTo(10);
        assertThat(next).hasValue(9);
    }

    /// Stopped while the n-th measurement is made, then going on: the last of them is the mean's.
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8, 9})
    void aRunThatIsStoppedAsItMeasuresEndsWithTheSameMean(int stopped) throws Exception {
        Recipe recipe = EIGHT_VALIDATIONS.withSelection(new Selection(0, 3));
        List<float[][]> states = new ArrayList<>();
        TrainingResult.Finished whole = finished(recipe, folder.resolve("whole"), model -> {
            states.add(weights(model));
            return TinyTask.score(states.size() == 9 ? 0.9 : 0.5);
        });
        AtomicInteger measured = new AtomicInteger();
        assertThat(run(recipe, folder.resolve("cut"), model -> {
            if (measured.incrementAndGet() == stopped) {
                throw new Validator.Stopped();
            }
            return TinyTask.score(0.5);
        })).isInstanceOf(TrainingResult.Stopped.class);
        TrainingResult.Finished resumed = finished(recipe, folder.resolve("cut"),
                model -> TinyTask.score(Arrays.deepEquals(weights(model), states.getLast()) ? 0.9 : 0.5));
        assertThat(resumed.best().value()).isEqualTo(0.9);
        assertThat(adapter(resumed)).isEqualTo(adapter(whole));
    }

    @Test
    void patienceIsNotRenewedByAStop() throws Exception {
        Recipe recipe = EIGHT_VALIDATIONS.withSelection(new Selection(2, 0));
        AtomicInteger measured = new AtomicInteger();
        run(recipe, folder, model -> {
            if (measured.incrementAndGet() == 3) {
                throw new Validator.Stopped();
            }
            return TinyTask.score(0.5);
        });
        TrainingResult.Finished finished = finished(recipe, folder, model -> TinyTask.score(0.5));
        assertThat(finished.checkpoint().step()).isEqualTo(2);
        assertThat(heard.getLast()).isEqualTo(
                new RunEvent.Notice("Training ended early, after step 6 of 16: 2 validations in a row were no better"));
    }

    private TrainingResult.Finished finished(Recipe recipe, Path place, Validator validator) throws Exception {
        return (TrainingResult.Finished) run(recipe, place, validator);
    }

    private TrainingResult run(Recipe recipe, Path place, Validator validator) throws Exception {
        try (LanguageModel model =
                LanguageModel.tunable(TinyTask.weights(), recipe.precision(), recipe.method(), recipe.seed())) {
            return new TrainingLoop(recipe, validator, new FolderCheckpoints(place), () -> false, heard::add)
                    .run(model, SupervisedFineTuning.of(recipe, TinyTask.examples(64)));
        }
    }

    private static byte[] adapter(TrainingResult.Finished finished) throws Exception {
        return Files.readAllBytes(Path.of(finished.checkpoint().path()).resolve("adapter_model.safetensors"));
    }

    private static float[][] weights(LanguageModel model) {
        return model.trainable().stream().map(FloatTensor::toArray).toArray(float[][]::new);
    }

    private static void assertMean(float[][] mean, List<float[][]> states) {
        for (int t = 0; t < mean.length; t++) {
            for (int i = 0; i < mean[t].length; i++) {
                double sum = 0;
                for (float[][] state : states) {
                    sum += state[t][i];
                }
                assertThat((double) mean[t][i]).isCloseTo(sum / states.size(), within(1e-7));
            }
        }
    }
}
