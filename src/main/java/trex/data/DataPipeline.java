package trex.data;

import java.util.ArrayList;
import java.util.List;
import trex.data.operator.Operators;
import trex.model.DataOperator;
import trex.model.DataRecipe;
import trex.model.Example;

/// Carries out data recipes: rows in, rows out, the same for the same seed.
///
/// Rows that no operator orders come out shuffled. A sample of n is the beginning of every larger
/// sample of the same seed, so that recipes that differ in size only are compared on nested sets.
public final class DataPipeline {
    /// @param train the training split
    /// @param seed the recipe's
    /// @param limit most rows that may come out: the mission's examples a round
    /// @throws BrokenData where an operator leaves no row, or speaks of what the rows have not
    public TrainingRows run(DataRecipe recipe, List<Example> train, long seed, int limit) throws BrokenData {
        Operators operators = new Operators(seed);
        List<Example> rows = new SeededOrder(seed).shuffle(train);
        List<TrainingRows.Step> steps = new ArrayList<>();
        for (DataOperator operator : recipe.operators()) {
            // Orders are made at the end: a sample of ordered rows would hold their first ones only.
            List<Example> out = orders(operator) ? rows : operators.apply(operator, rows);
            steps.add(new TrainingRows.Step(Operators.name(operator), rows.size(), out.size()));
            if (out.isEmpty()) {
                throw new BrokenData("the data recipe leaves no training row: " + steps.getLast() + " (" + operator + ")");
            }
            rows = out;
        }
        if (rows.size() > limit) {
            steps.add(new TrainingRows.Step("budget.examplesPerRound", rows.size(), limit));
            rows = rows.subList(0, limit);
        }
        for (DataOperator operator : recipe.operators()) {
            rows = orders(operator) ? operators.apply(operator, rows) : rows;
        }
        return new TrainingRows(rows, recipe.keepsOrder(), steps);
    }

    private static boolean orders(DataOperator operator) {
        return operator instanceof DataOperator.ShortFirst || operator instanceof DataOperator.CommonFirst;
    }
}
