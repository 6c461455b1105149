package trex.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trex.lm.FloatTensor;
import trex.lm.LanguageModel;
import trex.lm.TokenizedExample;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Precision;
import trex.model.PreferenceLoss;
import trex.model.Procedure;
import trex.model.Recipe;
import trex.model.RunEvent;

class PreferenceTuningTest {
    private static final Method LORA = new Method.Lora(4, 8, LoraTargets.ALL_LINEAR);

    @TempDir
    private Path folder;

    private final List<RunEvent> heard = new ArrayList<>();

    static List<Procedure> everyProcedure() {
        return List.of(new Procedure.Preference(PreferenceLoss.DPO, 0.3, 0), new Procedure.Preference(PreferenceLoss.IPO, 0.1, 0),
                new Procedure.Preference(PreferenceLoss.SIMPO, 2, 1), new Procedure.Kto(0.3, 1, 1));
    }

    /// The better answer is the token that the prompt begins with, the worse one is another.
    @ParameterizedTest
    @MethodSource("everyProcedure")
    void answersThatWereNeverSeenArePreferredRightly(Procedure procedure) throws Exception {
        Recipe recipe = TinyTask.recipe(new Method.Full(), Precision.FP32, 8).withProcedure(procedure);
        List<AnswerPair> unseen = pairs(192).subList(128, 192);
        try (LanguageModel model = open(recipe)) {
            double before = accuracy(model, unseen);
            TrainingResult result = loop(recipe, folder, () -> false).run(model, objective(recipe, pairs(128)));
            assertThat(result).isInstanceOf(TrainingResult.Finished.class);
            assertThat(before).isBetween(0.3, 0.7);
            assertThat(accuracy(model, unseen)).isGreaterThan(0.8);
        }
        List<RunEvent.Step> steps = heard.stream().filter(RunEvent.Step.class::isInstance).map(RunEvent.Step.class::cast).toList();
        assertThat(steps.getLast().loss()).isLessThan(steps.getFirst().loss());
        assertThat(Objects.requireNonNull(steps.getLast().rewards()).margin()).isPositive();
        assertThat(Objects.requireNonNull(steps.getLast().rewards()).accuracy()).isGreaterThan(0.8);
    }

    @Test
    void theFirstStepOfDpoStartsFromTheReference() throws Exception {
        Recipe recipe = TinyTask.recipe(LORA, Precision.FP32, 1).withProcedure(everyProcedure().getFirst());
        try (LanguageModel model = open(recipe)) {
            loop(recipe, folder, () -> false).run(model, objective(recipe, pairs(16)));
        }
        RunEvent.Step first = heard.stream().filter(RunEvent.Step.class::isInstance).map(RunEvent.Step.class::cast).findFirst().orElseThrow();
        assertThat(first.loss()).isCloseTo(Math.log(2), within(1e-5));
    }

    @Test
    void aRunThatIsStoppedAndResumedReachesTheSameBits() throws Exception {
        for (Procedure procedure : everyProcedure()) {
            Recipe recipe = TinyTask.recipe(new Method.Full(), Precision.FP32, 1.5).withProcedure(procedure);
            float[][] undisturbed = weightsAfter(recipe, folder.resolve(procedure.id()), Integer.MAX_VALUE);
            for (int stopAt : new int[] {0, 2, 4}) {
                Path place = folder.resolve(procedure.id() + stopAt);
                weightsAfter(recipe, place, stopAt);
                assertThat(Arrays.deepEquals(weightsAfter(recipe, place, Integer.MAX_VALUE), undisturbed))
                        .as(procedure.id() + " stopped at " + stopAt).isTrue();
            }
        }
    }

    @Test
    void aStopWhileTheReferenceIsScoredKeepsTheNewestCheckpoint() throws Exception {
        Recipe recipe = TinyTask.recipe(LORA, Precision.FP32, 2).withProcedure(everyProcedure().getFirst());
        weightsAfter(recipe, folder, 2);
        try (LanguageModel model = open(recipe)) {
            TrainingResult result = loop(recipe, folder, () -> true).run(model, objective(recipe, pairs(16)));
            assertThat(result).isInstanceOfSatisfying(TrainingResult.Stopped.class, stopped -> {
                assertThat(stopped.checkpoint().step()).isEqualTo(2);
                assertThat(stopped.examples()).isEqualTo(16);
            });
        }
    }

    @Test
    void accumulatedBatchesMoveTheWeightsAsOneDoes() throws Exception {
        for (Procedure procedure : everyProcedure()) {
            Recipe whole = TinyTask.recipe(LORA, Precision.FP32, 1).withProcedure(procedure);
            whole = whole.withOptimization(whole.optimization().withBatchSize(8).withAccumulation(1));
            Recipe parts = whole.withOptimization(whole.optimization().withBatchSize(2).withAccumulation(4));
            float[][] one = weightsAfter(whole, folder.resolve(procedure.id() + "-one"), Integer.MAX_VALUE);
            float[][] four = weightsAfter(parts, folder.resolve(procedure.id() + "-four"), Integer.MAX_VALUE);
            for (int i = 0; i < one.length; i++) {
                assertThat(four[i]).as(procedure.id()).containsExactly(one[i], within(2e-3f));
            }
        }
    }

    private float[][] weightsAfter(Recipe recipe, Path place, int stopAfter) throws Exception {
        AtomicInteger steps = new AtomicInteger();
        try (LanguageModel model = open(recipe)) {
            new TrainingLoop(recipe, m -> TinyTask.score(0.5), new FolderCheckpoints(place), () -> steps.get() >= stopAfter,
                    event -> steps.addAndGet(event instanceof RunEvent.Step ? 1 : 0))
                    .run(model, objective(recipe, pairs(16)));
            return model.trainable().stream().map(FloatTensor::toArray).toArray(float[][]::new);
        }
    }

    private TrainingLoop loop(Recipe recipe, Path place, StopSignal stop) {
        return new TrainingLoop(recipe, m -> TinyTask.score(0.5), new FolderCheckpoints(place), stop, heard::add);
    }

    private static LanguageModel open(Recipe recipe) throws Exception {
        return LanguageModel.tunable(TinyTask.weights(), recipe.precision(), recipe.method(), recipe.seed());
    }

    private static Objective objective(Recipe recipe, List<AnswerPair> pairs) {
        if (recipe.procedure() instanceof Procedure.Preference preference) {
            return PreferenceTuning.of(recipe, preference, pairs);
        }
        List<RatedAnswer> rated = new ArrayList<>();
        for (AnswerPair pair : pairs) {
            boolean good = rated.size() % 2 == 0;
            TokenizedExample chosen = pair.chosen();
            rated.add(new RatedAnswer(
                    good ? chosen : new TokenizedExample(chosen.id(), chosen.prompt(), pair.rejected()), good));
        }
        return KtoTuning.of(recipe, (Procedure.Kto) recipe.procedure(), rated);
    }

    private static List<AnswerPair> pairs(int count) {
        List<AnswerPair> pairs = new ArrayList<>();
        for (TokenizedExample example : TinyTask.examples(count)) {
            int right = example.completion()[0];
            int wrong = 32 + (right - 32 + 1 + pairs.size() % 3) % 4;
            pairs.add(new AnswerPair(example, new int[] {wrong, 1}));
        }
        return pairs;
    }

    private static double accuracy(LanguageModel model, List<AnswerPair> pairs) {
        int right = 0;
        for (AnswerPair pair : pairs) {
            PackedSequences packed = Packing.sequences(pair.labelled(64));
            double[] found = packed.logLikelihoods(model.score(packed.batch()));
            right += found[0] > found[1] ? 1 : 0;
        }
        return (double) right / pairs.size();
    }
}
