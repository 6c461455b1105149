package trex.search.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trex.model.Bounds;
import trex.model.Budget;
import trex.model.DataProfile;
import trex.model.Method;
import trex.model.Mission;
import trex.model.NumberField;
import trex.model.Recipe;
import trex.model.RecipeField;
import trex.search.Trees;

class RecipeSpaceTest {
    private static final Mission MISSION = Trees.mission(new Budget(12, 2400, 3000));

    private static DataProfile profile(double duplicates, double good) {
        return new DataProfile(6000, duplicates, 80, 5, Map.of("good", good, "bad", 1 - good));
    }

    private static final RecipeSpace SPACE = RecipeSpace.of(MISSION, profile(0, 0.5));

    @Test
    void theMissionsBoundsAndTheRoundsCapHold() {
        assertThat(bounds("learningRate")).isEqualTo(new Bounds(1e-4, 1e-2));
        assertThat(bounds("examples")).isEqualTo(new Bounds(64, 3000));
    }

    private static Bounds bounds(String field) {
        return SPACE.bounds((NumberField) RecipeField.named(field));
    }

    @Test
    void theKindOfTrainingAndTheNumberFormatStay() {
        assertThat(SPACE.varies("method")).isFalse();
        assertThat(SPACE.varies("precision")).isFalse();
        assertThat(SPACE.varies("rank")).isTrue();
    }

    @Test
    void fullTrainingHasNoAdapterFields() {
        Mission m = MISSION;
        Mission full = new Mission(m.name(), m.goal(), m.baseModel(), m.data(), m.metric(), m.budget(), m.space(),
                m.start().withMethod(new Method.Full()), m.seed());
        RecipeSpace space = RecipeSpace.of(full, profile(0, 0.5));
        assertThat(space.varies("rank")).isFalse();
        assertThat(space.varies("learningRate")).isTrue();
    }

    @Test
    void dataStepsAreVariedOnlyWhereTheDataAsksForThem() {
        assertThat(SPACE.varies("deduplicate")).isFalse();
        assertThat(SPACE.varies("balance")).isFalse();
        RecipeSpace space = RecipeSpace.of(MISSION, profile(0.1, 0.9));
        assertThat(space.varies("deduplicate")).isTrue();
        assertThat(space.varies("balance")).isTrue();
    }

    @Test
    void everyDrawnPointIsAValidRecipeWithinTheBounds() {
        Random random = new Random(2);
        for (int i = 0; i < 500; i++) {
            Recipe recipe = SPACE.recipe(SPACE.space().random(random), Trees.recipe());
            for (RecipeField field : SPACE.fields()) {
                if (field instanceof NumberField number) {
                    Double value = number.read().apply(recipe);
                    assertThat(value).isBetween(SPACE.bounds(number).min(), SPACE.bounds(number).max());
                }
            }
        }
    }

    @Test
    void whatDoesNotMoveKeepsItsExactValue() {
        Recipe odd = Trees.withRate(1.2345e-3);
        Point point = SPACE.point(odd);
        assertThat(SPACE.recipe(point, odd)).isEqualTo(odd);
        int rank = SPACE.fields().indexOf(RecipeField.named("rank"));
        Recipe moved = SPACE.recipe(point.with(rank, 1), odd);
        assertThat(moved.optimization().learningRate()).isEqualTo(1.2345e-3);
        assertThat(moved.differenceFrom(odd)).singleElement().satisfies(c -> assertThat(c.to()).isEqualTo("64"));
    }
}
