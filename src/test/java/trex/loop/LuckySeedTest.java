package trex.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trex.model.Checkpoint;
import trex.model.ExperimentTree;
import trex.model.Metric;
import trex.model.NodeId;
import trex.model.Recipe;
import trex.model.RunCost;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.Score;
import trex.model.SeedScores;
import trex.model.Split;
import trex.model.StudyId;
import trex.model.StudyResult;
import trex.model.StudyState;
import trex.model.Work;

/// Planted luck: of twenty rounds one had a lucky seed, or all of them are worth the same.
class LuckySeedTest {
    private static final int ROUNDS = 20;
    private static final int ROWS = 200;
    private final Laboratory lab = new Laboratory();

    /// What a recipe is really worth.
    private interface Truth {
        double of(int round);
    }

    /// Measured on [#ROWS] examples with the luck that so many examples allow.
    private static Score measured(double truth, long seed) {
        Random random = new Random(seed);
        return Score.proportion(Metric.ACCURACY, (int) random.doubles(ROWS).filter(d -> d < truth).count(), ROWS);
    }

    private static RunOutcome outcome(RunRequest request, Truth truth, long luck) {
        return switch (request.work()) {
            case Work.Measure(Checkpoint checkpoint, Split split) -> new RunOutcome.Completed(
                    measured(checkpoint == null ? 0.7 : truth.of(checkpoint.step()), luck + 97 + split.ordinal()), null,
                    new RunCost(2, 0, 0, 0));
            case Work.Train(Recipe recipe) -> {
                int round = (int) Math.round(recipe.optimization().learningRate() * 1000);
                yield new RunOutcome.Completed(measured(truth.of(round), luck + round + recipe.seed() * 31),
                        new Checkpoint("/checkpoints/" + request.id(), round, "f".repeat(64)),
                        new RunCost(3, 0, 100, 1));
            }
        };
    }

    private ExperimentTree study(Truth truth, long luck) {
        lab.runner = new ScriptedRunner(request -> outcome(request, truth, luck));
        return finish();
    }

    private ExperimentTree finish() {
        StudyId id = lab.create(Fixtures.mission(ROUNDS, 10_000));
        assertThat(lab.run(id)).isEqualTo(StudyState.FINISHED);
        return lab.store.tree(id);
    }

    private StudyResult result() {
        return Objects.requireNonNull(lab.store.studies().getFirst().result());
    }

    @Test
    void aLuckySeedAmongTwentyIsCaughtByAnother() {
        lab.runner = new ScriptedRunner(request -> {
            boolean planted = request.id().value().endsWith("-n13v0");
            return planted
                    ? new RunOutcome.Completed(Fixtures.score(0.93), new Checkpoint("/lucky", 13, "a".repeat(64)),
                            new RunCost(3, 0, 100, 1))
                    : outcome(request, round -> round == 7 ? 0.84 : 0.7, 5);
        });
        ExperimentTree tree = finish();
        assertThat(tree.best().orElseThrow().id()).as("the search believes it").isEqualTo(new NodeId(13));
        assertThat(Objects.requireNonNull(result().best()).node()).as("its second seed does not").isEqualTo(new NodeId(7));
        SeedScores lucky = SeedScores.of(tree).getFirst();
        assertThat(lucky.node()).isEqualTo(new NodeId(13));
        assertThat(lucky.change()).as("the regression is shown").isLessThan(-0.1);
    }

    /// Nothing helps: the best of twenty looks better than the baseline, and is called luck.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theBestOfTwentyThatAreAllTheSameIsNoGain(long luck) {
        ExperimentTree tree = study(_ -> 0.7, 1_000 * luck);
        List<SeedScores> repeated = SeedScores.of(tree);
        assertThat(repeated).hasSize(Repeats.CANDIDATES);
        double change = repeated.stream().mapToDouble(SeedScores::change).average().orElseThrow();
        assertThat(change).as("the best fall back").isNegative();
        StudyResult.Best best = Objects.requireNonNull(result().best());
        Score test = Objects.requireNonNull(best.test());
        assertThat(test.withinNoiseOf(Objects.requireNonNull(result().baseline().test()))).isTrue();
    }
}
