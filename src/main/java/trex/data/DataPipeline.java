package trex.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    /// @throws BrokenData where an operator leaves no row
    public TrainingRows run(DataRecipe recipe, List<Example> train, long seed, int limit) throws BrokenData {
        List<Example> rows = new SeededOrder(seed).shuffle(train);
        List<TrainingRows.Step> steps = new ArrayList<>();
        for (DataOperator operator : recipe.operators()) {
            List<Example> out = apply(operator, rows);
            steps.add(new TrainingRows.Step(name(operator), rows.size(), out.size()));
            if (out.isEmpty()) {
                throw new BrokenData("the data recipe leaves no training row: " + steps.getLast() + " (" + operator + ")");
            }
            rows = out;
        }
        if (rows.size() > limit) {
            steps.add(new TrainingRows.Step("budget.examplesPerRound", rows.size(), limit));
            rows = rows.subList(0, limit);
        }
        boolean ordered = recipe.has(DataOperator.ShortFirst.class);
        return new TrainingRows(ordered ? shortFirst(rows) : rows, ordered, steps);
    }

    private static List<Example> apply(DataOperator operator, List<Example> rows) {
        return switch (operator) {
            case DataOperator.Sample(int count) -> rows.subList(0, Math.min(count, rows.size()));
            case DataOperator.Deduplicate() -> deduplicated(rows);
            case DataOperator.FilterLength(int min, int max) -> rows.stream()
                    .filter(row -> row.prompt().length() >= min && row.prompt().length() <= max)
                    .toList();
            case DataOperator.DropShortest(double share) -> withoutShortest(rows, share);
            case DataOperator.BalanceAnswers() -> balanced(rows);
            // The order is made at the end: a sample of ordered rows would hold short rows only.
            case DataOperator.ShortFirst() -> rows;
        };
    }

    private static List<Example> deduplicated(List<Example> rows) {
        Set<String> seen = new HashSet<>();
        return rows.stream().filter(row -> seen.add(NormalText.of(row.prompt()) + '\n' + NormalText.of(row.answer()))).toList();
    }

    private static List<Example> withoutShortest(List<Example> rows, double share) {
        int drop = (int) Math.floor(share * rows.size());
        List<Example> shortest = shortFirst(rows).subList(0, drop);
        Set<Example> dropped = Collections.newSetFromMap(new IdentityHashMap<>());
        dropped.addAll(shortest);
        return rows.stream().filter(row -> !dropped.contains(row)).toList();
    }

    private static List<Example> balanced(List<Example> rows) {
        Map<String, List<Example>> byAnswer = new LinkedHashMap<>();
        rows.forEach(row -> byAnswer.computeIfAbsent(row.answer(), a -> new ArrayList<>()).add(row));
        int rarest = byAnswer.values().stream().mapToInt(List::size).min().orElse(0);
        Map<String, Integer> taken = new LinkedHashMap<>();
        return rows.stream().filter(row -> taken.merge(row.answer(), 1, Integer::sum) <= rarest).toList();
    }

    /// Stable: rows of one length keep their seeded order.
    private static List<Example> shortFirst(List<Example> rows) {
        return rows.stream().sorted(Comparator.comparingInt(row -> row.prompt().length())).toList();
    }

    private static String name(DataOperator operator) {
        return switch (operator) {
            case DataOperator.Sample _ -> "sample";
            case DataOperator.Deduplicate _ -> "deduplicate";
            case DataOperator.FilterLength _ -> "filter length";
            case DataOperator.DropShortest _ -> "drop shortest";
            case DataOperator.BalanceAnswers _ -> "balance answers";
            case DataOperator.ShortFirst _ -> "short first";
        };
    }
}
