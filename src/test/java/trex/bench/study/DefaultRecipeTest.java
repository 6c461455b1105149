package trex.bench.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trex.executor.Estimate;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Mission;
import trex.model.Recipe;
import trex.model.SampleStudy;
import trex.model.SealedSplit;
import trex.model.SealedSplits;
import trex.model.Split;

class DefaultRecipeTest {
    private static final Mission MISSION = SampleStudy.mission();
    /// Three seconds to begin, two for the measurement, a tenth for each example and pass.
    private static final Estimate ESTIMATE = new Estimate(3, 60, 2, 600, 1, 1, 1, 0, List.of());

    @Test
    void theDefaultRecipeIsPeftsAndTrainersOwn() {
        Recipe recipe = DefaultRecipe.of(MISSION, 700);
        assertThat(recipe.method()).isEqualTo(new Method.Lora(8, 8, LoraTargets.QUERY_VALUE));
        assertThat(recipe.optimization().learningRate()).isEqualTo(5e-5);
        assertThat(recipe.optimization().epochs()).isEqualTo(3);
        assertThat(recipe.data().examples()).isEqualTo(700);
    }

    @Test
    void itTakesAsManyExamplesAsTheSecondsAllowBesideAllMeasurements() {
        // 2 s for the baseline, 2 x 4 s for the test split, 5 s to begin and validate: 85 s are left
        assertThat(DefaultRecipe.examplesIn(100, 2, splits(5_000), MISSION, ESTIMATE)).isEqualTo(85 * 10 / 3);
    }

    @Test
    void itTakesAllRowsWhereTheyFit() {
        assertThat(DefaultRecipe.examplesIn(10_000, 2, splits(500), MISSION, ESTIMATE)).isEqualTo(500);
        assertThat(DefaultRecipe.examplesIn(10_000, 2, splits(5_000), MISSION, ESTIMATE))
                .isEqualTo(MISSION.budget().examplesPerRound());
    }

    @Test
    void aFewExamplesAreTrainedWhateverTheyTake() {
        assertThat(DefaultRecipe.examplesIn(5, 2, splits(5_000), MISSION, ESTIMATE)).isEqualTo(16);
    }

    private static SealedSplits splits(int rows) {
        return new SealedSplits(
                new SealedSplit(Split.TRAIN, "/train", rows, "a".repeat(64)),
                new SealedSplit(Split.VALIDATION, "/validation", 100, "b".repeat(64)),
                new SealedSplit(Split.TEST, "/test", 200, "c".repeat(64)), 0);
    }
}
