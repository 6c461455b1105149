package trex.executor;

import java.util.Iterator;
import trex.data.TrainingRows;
import trex.model.DataOperator;
import trex.model.DataRecipe;

/// How many training rows a recipe comes to that asks a language model, before it is asked: as if all
/// rows that it writes were taken, and none that it scores were left out.
final class ExpectedRows {
    private ExpectedRows() {}

    /// @param read rows of the training split
    /// @param without what the recipe made of them without its operators that ask
    /// @param limit most rows that may come out
    static double of(DataRecipe recipe, int read, TrainingRows without, int limit) {
        Iterator<TrainingRows.Step> steps = without.steps().iterator();
        double rows = read;
        for (DataOperator operator : recipe.operators()) {
            rows = operator.asksModel() ? operator.rowsOf(rows) : Math.min(operator.rowsOf(rows), rows * kept(steps.next()));
        }
        return Math.min(limit, rows);
    }

    private static double kept(TrainingRows.Step step) {
        return (double) step.out() / step.in();
    }
}
