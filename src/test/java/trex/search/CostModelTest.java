package trex.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import trex.model.Budget;
import trex.model.DataOperator;
import trex.model.DataRecipe;
import trex.model.Embedding;
import trex.model.Method;
import trex.model.Recipe;

class CostModelTest {
    /// Trees cost 10 s for a measurement and 10 + 0.1 s an example for a training; a recipe has 512.
    private static final Trees TREES = Trees.baseline(0.5).completed(0, 0.7).completed(0, 0.8);

    @Test
    void itLearnsSecondsAnExample() {
        CostModel cost = CostModel.of(TREES.tree());
        assertThat(cost.fixed()).isEqualTo(10);
        assertThat(cost.adapters()).isCloseTo(0.1, within(1e-9));
        assertThat(cost.seconds(Trees.recipe(), 10_000)).isCloseTo(61.2, within(1e-6));
        assertThat(cost.seconds(Trees.recipe(), 100)).isCloseTo(20, within(1e-6));
        assertThat(cost.examplesIn(60, Trees.recipe())).isCloseTo(500, within(1e-6));
    }

    @Test
    void rowsThatARecipeAddsOrLeavesOutCount() {
        DataOperator written = new DataOperator.GenerateRows(200, "more");
        assertThat(CostModel.passes(with(written), 1_000)).isEqualTo(1_200);
        assertThat(CostModel.passes(with(written, new DataOperator.Sample(512)), 1_000)).isEqualTo(512);
        assertThat(CostModel.passes(with(new DataOperator.Sample(512), written), 1_000)).isEqualTo(712);
        assertThat(CostModel.passes(with(new DataOperator.DropShortest(0.2), new DataOperator.AugmentWords(1, 0.1)), 1_000))
                .isCloseTo(1_600, within(1e-6));
        assertThat(CostModel.passes(with(new DataOperator.SelectDiverse(300, Embedding.MODEL)), 1_000)).isEqualTo(300);
    }

    private static Recipe with(DataOperator... operators) {
        return Trees.recipe().withData(new DataRecipe(List.of(operators)));
    }

    @Test
    void aMachineThatHasSlowedDownForTwoTrainingsIsNoticed() {
        assertThat(CostModel.slowness(TREES.tree())).as("too few to tell").isEqualTo(1);
        Trees trees = Trees.baseline(0.5).completed(0, 0.7).completed(0, 0.8);
        assertThat(CostModel.slowness(trees.completed(0, 0.7).tree())).isCloseTo(1, within(1e-9));
        assertThat(CostModel.slowness(trees.tookTimes(3).completed(0, 0.7).tree())).as("once").isCloseTo(1, within(1e-9));
        assertThat(CostModel.slowness(trees.completed(0, 0.7).tree())).as("twice").isCloseTo(3, within(1e-9));
    }

    @Test
    void fullTuningHasItsOwnCostOnceItWasTried() {
        Recipe full = Trees.recipe().withMethod(new Method.Full());
        Trees trees = Trees.baseline(0.5).completed(0, 0.7);
        assertThat(CostModel.of(trees.tree()).seconds(full, 10_000)).as("as adapters").isCloseTo(61.2, within(1e-6));
        CostModel both = CostModel.of(trees.tookTimes(2).completed(0, full, 0.7).tree());
        assertThat(both.seconds(Trees.recipe(), 10_000)).isCloseTo(61.2, within(1e-6));
        assertThat(both.seconds(full, 10_000)).isCloseTo(122.4, within(1e-6));
        assertThat(both.examplesIn(both.seconds(full, 10_000), full)).isCloseTo(512, within(1e-6));
    }

    @Test
    void beforeTheFirstTrainingNothingIsKnown() {
        CostModel cost = CostModel.of(Trees.baseline(0.5).tree());
        assertThat(cost.isKnown()).isFalse();
        assertThat(cost.seconds(Trees.recipe(), 100)).isNaN();
    }

    @Test
    void laterRoundsMayCostMoreAndAllFitTheBudget() {
        Budget budget = new Budget(12, 1200, 50_000);
        double first = Allowance.next(budget, Trees.baseline(0.5).tree(), 1154).seconds();
        // weights .4 of .4 * 12 + 2 * 6
        assertThat(first).isCloseTo(1154 * 0.4 / 16.8, within(1e-6));
        Trees late = Trees.baseline(0.5);
        for (int i = 0; i < 11; i++) {
            late.completed(0, 0.7);
        }
        Allowance last = Allowance.next(budget, late.tree(), 480);
        assertThat(last.seconds()).as("all that is left").isCloseTo(480, within(1e-6));
        assertThat(last.isLate()).isTrue();
    }
}
