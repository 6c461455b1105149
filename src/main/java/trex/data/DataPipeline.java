package trex.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import trex.data.asking.Asked;
import trex.data.asking.Asking;
import trex.data.operator.Operators;
import trex.model.DataOperator;
import trex.model.DataRecipe;
import trex.model.Example;

/// Carries out data recipes: rows in, rows out, the same for the same seed.
///
/// Rows that no operator orders come out shuffled. A sample of n is the beginning of every larger
/// sample of the same seed, so that recipes that differ in size only are compared on nested sets.
public final class DataPipeline {
    private final @Nullable Asking asking;

    /// Without a language model.
    public DataPipeline() {
        this(null);
    }

    /// @param asking who asks the language model, or null where there is none
    public DataPipeline(@Nullable Asking asking) {
        this.asking = asking;
    }

    /// @param train the training split
    /// @param seed the recipe's
    /// @param limit most rows that may come out: the mission's examples a round
    /// @throws BrokenData where an operator leaves no row, speaks of what the rows have not, or asks a
    ///     language model that is not there or does not answer
    public TrainingRows run(DataRecipe recipe, List<Example> train, long seed, int limit)
            throws BrokenData, InterruptedException {
        if (recipe.asksModel() && asking == null) {
            throw new BrokenData("the data recipe asks a language model, and " + Asking.HOW_TO_CONFIGURE);
        }
        Operators operators = new Operators(seed);
        List<Example> rows = new SeededOrder(seed).shuffle(train);
        List<TrainingRows.Step> steps = new ArrayList<>();
        for (DataOperator operator : recipe.operators()) {
            // Orders are made at the end: a sample of ordered rows would hold their first ones only.
            Asked out = orders(operator) ? new Asked(rows, "") : applied(operators, operator, rows, seed);
            steps.add(new TrainingRows.Step(Operators.name(operator) + (out.detail().isEmpty() ? "" : " (" + out.detail() + ")"),
                    rows.size(), out.rows().size()));
            if (out.rows().isEmpty()) {
                throw new BrokenData("the data recipe leaves no training row: " + steps.getLast() + " (" + operator + ")");
            }
            rows = out.rows();
        }
        if (rows.size() > limit) {
            steps.add(new TrainingRows.Step("budget.examplesPerRound", rows.size(), limit));
            rows = rows.subList(0, limit);
        }
        return new TrainingRows(ordered(recipe, operators, rows, seed), recipe.keepsOrder(), steps);
    }

    private Asked applied(Operators operators, DataOperator operator, List<Example> rows, long seed)
            throws BrokenData, InterruptedException {
        return asking != null && operator.asksModel()
                ? asking.apply(operator, rows, seed)
                : new Asked(operators.apply(operator, rows), "");
    }

    /// Best rows first is for choosing, not for learning: they are shuffled once more.
    private static List<Example> ordered(DataRecipe recipe, Operators operators, List<Example> chosen, long seed)
            throws BrokenData {
        List<Example> rows = recipe.has(DataOperator.ScoreRows.class) ? new SeededOrder(seed).shuffle(chosen) : chosen;
        for (DataOperator operator : recipe.operators()) {
            rows = orders(operator) ? operators.apply(operator, rows) : rows;
        }
        return rows;
    }

    private static boolean orders(DataOperator operator) {
        return operator instanceof DataOperator.ShortFirst || operator instanceof DataOperator.CommonFirst;
    }
}
