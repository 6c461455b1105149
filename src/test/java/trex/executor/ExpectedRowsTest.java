package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trex.data.DataPipeline;
import trex.model.DataOperator;
import trex.model.DataRecipe;
import trex.model.Example;

class ExpectedRowsTest {
    private static final DataOperator WRITTEN = new DataOperator.GenerateRows(200, "more");

    @Test
    void rowsThatWillBeWrittenCountWhereTheRecipeHasThem() throws Exception {
        assertThat(rows(10_000, new DataOperator.Deduplicate(), WRITTEN)).isEqualTo(700);
        assertThat(rows(10_000, new DataOperator.Deduplicate(), WRITTEN, new DataOperator.Sample(600))).isEqualTo(600);
        assertThat(rows(10_000, new DataOperator.Sample(300), WRITTEN)).isEqualTo(500);
        assertThat(rows(10_000, WRITTEN, new DataOperator.AugmentWords(1, 0.1))).isEqualTo(2_400);
        assertThat(rows(650, new DataOperator.Deduplicate(), WRITTEN)).as("the budget's most").isEqualTo(650);
    }

    @Test
    void scoredRowsAreTakenToBeKept() throws Exception {
        assertThat(rows(10_000, new DataOperator.ScoreRows("clear", 6), new DataOperator.Sample(400))).isEqualTo(400);
        assertThat(rows(10_000, new DataOperator.ScoreRows("clear", 6))).isEqualTo(1_000);
    }

    /// Of a thousand rows, every other one a repeat.
    private static double rows(int limit, DataOperator... operators) throws Exception {
        List<Example> train = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            train.add(new Example("row:" + i, null, "what is the number " + i / 2 + " good for", "nothing"));
        }
        DataRecipe recipe = new DataRecipe(List.of(operators));
        return ExpectedRows.of(recipe, train.size(), new DataPipeline().run(recipe.withoutAsking(), train, 7, limit), limit);
    }
}
