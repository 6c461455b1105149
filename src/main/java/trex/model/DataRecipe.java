package trex.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The pipeline of operators that turns the training split into training examples.
public record DataRecipe(List<DataOperator> operators) {
    public DataRecipe {
        operators = List.copyOf(operators);
        if (operators.stream().filter(DataOperator.Sample.class::isInstance).count() > 1) {
            throw new IllegalArgumentException("data recipe: more than one sample operator in " + operators);
        }
    }

    /// Training examples asked for, or `Integer.MAX_VALUE` without a sample operator.
    public int examples() {
        return operators.stream()
                .filter(DataOperator.Sample.class::isInstance)
                .mapToInt(op -> ((DataOperator.Sample) op).count())
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }

    /// Training examples that come of so many rows, as far as that can be told without looking at them.
    public double examplesOf(double rows) {
        double left = rows;
        for (DataOperator operator : operators) {
            left = operator.rowsOf(left);
        }
        return left;
    }

    public DataRecipe withExamples(int count) {
        return replacing(DataOperator.Sample.class::isInstance, new DataOperator.Sample(count));
    }

    public boolean has(Class<? extends DataOperator> type) {
        return operators.stream().anyMatch(type::isInstance);
    }

    /// The operator of a type, where there is one.
    public <T extends DataOperator> Optional<T> find(Class<T> type) {
        return operators.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /// Whether the rows have an order of their own, which training keeps.
    public boolean keepsOrder() {
        return has(DataOperator.ShortFirst.class) || has(DataOperator.CommonFirst.class);
    }

    /// Whether a language model is asked while it is carried out.
    public boolean asksModel() {
        return operators.stream().anyMatch(DataOperator::asksModel);
    }

    /// Without the operators that ask a language model.
    public DataRecipe withoutAsking() {
        return new DataRecipe(operators.stream().filter(operator -> !operator.asksModel()).toList());
    }

    /// With `operator` at its usual place (the same whatever was added first), or without any of its
    /// type.
    public DataRecipe with(DataOperator operator, boolean present) {
        List<DataOperator> changed = new ArrayList<>(operators);
        changed.removeIf(operator.getClass()::isInstance);
        if (present) {
            int at = 0;
            while (at < changed.size() && place(changed.get(at)) <= place(operator)) {
                at++;
            }
            changed.add(at, operator);
        }
        return new DataRecipe(changed);
    }

    public DataRecipe without(Class<? extends DataOperator> type) {
        return new DataRecipe(operators.stream().filter(o -> !type.isInstance(o)).toList());
    }

    /// Where an operator usually stands: tidy first, then remove, then choose, then add, then order.
    private static int place(DataOperator operator) {
        return switch (operator) {
            case DataOperator.Clean _ -> 0;
            case DataOperator.FilterPattern _ -> 1;
            case DataOperator.FilterScript _ -> 2;
            case DataOperator.FilterLength _ -> 3;
            case DataOperator.FilterRepeats _ -> 4;
            case DataOperator.Deduplicate _ -> 5;
            case DataOperator.DropNearDuplicates _ -> 6;
            case DataOperator.DropShortest _ -> 7;
            case DataOperator.ScoreRows _ -> 8;
            case DataOperator.DropAlike _ -> 9;
            case DataOperator.WeightSources _ -> 10;
            case DataOperator.MixSources _ -> 11;
            case DataOperator.GenerateRows _ -> 12;
            case DataOperator.BalanceAnswers _ -> 13;
            case DataOperator.AugmentWords _ -> 14;
            case DataOperator.DiverseFirst _ -> 15;
            case DataOperator.SelectDiverse _ -> 16;
            case DataOperator.Sample _ -> 17;
            case DataOperator.ShortFirst _ -> 18;
            case DataOperator.CommonFirst _ -> 19;
        };
    }

    private DataRecipe replacing(Predicate<DataOperator> old, DataOperator operator) {
        List<DataOperator> changed = new ArrayList<>(operators);
        int at = changed.size();
        for (int i = 0; i < changed.size(); i++) {
            if (old.test(changed.get(i))) {
                at = i;
            }
        }
        changed.removeIf(old);
        changed.add(Math.min(at, changed.size()), operator);
        return new DataRecipe(changed);
    }
}
