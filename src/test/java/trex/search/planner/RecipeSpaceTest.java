package trex.search.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trex.model.Bounds;
import trex.model.Budget;
import trex.model.Choices;
import trex.model.DataProfile;
import trex.model.Limit;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Mission;
import trex.model.NumberField;
import trex.model.Recipe;
import trex.model.RecipeField;
import trex.search.BaseModel;
import trex.search.Trees;

class RecipeSpaceTest {
    private static final Mission MISSION = Trees.mission(new Budget(12, 2400, 3000));

    private static DataProfile profile(double duplicates, double good) {
        return new DataProfile(6000, duplicates, 80, 5, Map.of("good", good, "bad", 1 - good));
    }

    private static final BaseModel SMALL = new BaseModel(800L << 20);
    private static final RecipeSpace SPACE = RecipeSpace.of(MISSION, profile(0, 0.5), BaseModel.UNKNOWN);

    @Test
    void theMissionsBoundsAndTheRoundsCapHold() {
        assertThat(bounds("learningRate")).isEqualTo(new Bounds(1e-4, 1e-2));
        assertThat(bounds("examples")).isEqualTo(new Bounds(64, 3000));
    }

    private static Bounds bounds(String field) {
        return SPACE.bounds((NumberField) RecipeField.named(field));
    }

    @Test
    void theNumberFormatStaysAndSoDoesTheMethodOfAModelOfUnknownSize() {
        assertThat(SPACE.varies("method")).isFalse();
        assertThat(SPACE.varies("precision")).isFalse();
        assertThat(SPACE.varies("rank")).isTrue();
    }

    @Test
    void onlyASmallBaseModelMayBecomeFullyTuned() {
        assertThat(RecipeSpace.of(MISSION, profile(0, 0.5), SMALL).varies("method")).isTrue();
        assertThat(RecipeSpace.of(MISSION, profile(0, 0.5), new BaseModel(2L << 30)).varies("method")).isFalse();
    }

    @Test
    void aChangeOfMethodTakesTheLearningRateAlongAndNoAdapterField() {
        RecipeSpace space = RecipeSpace.of(MISSION, profile(0, 0.5), SMALL);
        Recipe adapters = Trees.recipe();
        int method = space.fields().indexOf(RecipeField.named("method"));
        Recipe full = space.recipe(space.point(adapters).with(method, 1), adapters);
        assertThat(full.method()).isEqualTo(new Method.Full());
        assertThat(full.optimization().learningRate()).isEqualTo(3e-4);
        Recipe back = space.recipe(space.point(full).with(method, 0), full);
        assertThat(back.method()).isInstanceOf(Method.Lora.class);
        assertThat(back.optimization().learningRate()).isEqualTo(1e-3);
        int rank = space.fields().indexOf(RecipeField.named("rank"));
        assertThat(space.recipe(space.point(full).with(rank, 1), full)).isEqualTo(full);
    }

    @Test
    void fullTrainingHasNoAdapterFields() {
        Mission m = MISSION;
        Mission full = new Mission(m.name(), m.goal(), m.baseModel(), m.data(), m.metric(), m.budget(), m.space(),
                m.start().withMethod(new Method.Full()), m.seed());
        RecipeSpace space = RecipeSpace.of(full, profile(0, 0.5), SMALL);
        assertThat(space.varies("rank")).isFalse();
        assertThat(space.varies("learningRate")).isTrue();
    }

    @Test
    void dataStepsAreVariedOnlyWhereTheDataAsksForThem() {
        assertThat(SPACE.varies("deduplicate")).isFalse();
        assertThat(SPACE.varies("balance")).isFalse();
        RecipeSpace space = RecipeSpace.of(MISSION, profile(0.1, 0.9), BaseModel.UNKNOWN);
        assertThat(space.varies("deduplicate")).isTrue();
        assertThat(space.varies("balance")).isTrue();
    }

    private static Mission limited(Mission m, Map<String, Limit> space, Method method) {
        return new Mission(m.name(), m.goal(), m.baseModel(), m.data(), m.metric(), m.budget(), space,
                m.start().withMethod(method), m.seed());
    }

    @Test
    void aForcedValueIsNotVariedAndAForbiddenOneIsNeverDrawn() {
        Mission mission = limited(MISSION, Map.of("method", new Choices(List.of("lora")),
                        "rank", new Bounds(8, 8), "targets", new Choices(List.of("mlp", "all_linear")),
                        "scaling", new Choices(List.of("rank", "root_of_rank"))), new Method.Lora(8, 16, LoraTargets.MLP));
        RecipeSpace space = RecipeSpace.of(mission, profile(0, 0.5), SMALL);
        assertThat(space.varies("method")).isFalse();
        assertThat(space.varies("rank")).isFalse();
        assertThat(space.bounds((NumberField) RecipeField.named("rank"))).isEqualTo(new Bounds(8, 8));
        assertThat(space.varies("scaling")).as("named by the mission").isTrue();
        Random random = new Random(3);
        Set<String> targets = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            Recipe recipe = space.recipe(space.space().random(random), mission.start());
            assertThat(mission.objection(recipe)).isEmpty();
            targets.add(RecipeField.named("targets").text(recipe));
        }
        assertThat(targets).containsExactlyInAnyOrder("mlp", "all_linear");
    }

    @Test
    void aStartInFullMayBecomeAdaptersWhereTheMissionNamesBoth() {
        Mission mission = limited(MISSION, Map.of("method", new Choices(List.of("lora", "full"))), new Method.Full());
        RecipeSpace space = RecipeSpace.of(mission, profile(0, 0.5), BaseModel.UNKNOWN);
        assertThat(space.varies("method")).isTrue();
        assertThat(space.varies("rank")).isTrue();
        Recipe start = mission.start();
        assertThat(space.recipe(space.point(start), start)).isEqualTo(start);
        Point adapters = space.point(start).with(space.fields().indexOf(RecipeField.named("method")), 0);
        assertThat(space.recipe(adapters, start).method()).isInstanceOf(Method.Lora.class);
    }

    @Test
    void everyDrawnPointIsAValidRecipeWithinTheBounds() {
        RecipeSpace space = RecipeSpace.of(MISSION, profile(0, 0.5), SMALL);
        Random random = new Random(2);
        for (int i = 0; i < 500; i++) {
            Recipe recipe = space.recipe(space.space().random(random), Trees.recipe());
            for (RecipeField field : space.fields()) {
                if (field instanceof NumberField number && number.applies(recipe)) {
                    Double value = number.read().apply(recipe);
                    assertThat(value).isBetween(space.bounds(number).min(), space.bounds(number).max());
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
