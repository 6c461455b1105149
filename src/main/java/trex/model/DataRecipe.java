package trex.model;

import java.util.ArrayList;
import java.util.List;
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

    public DataRecipe withExamples(int count) {
        return replacing(DataOperator.Sample.class::isInstance, new DataOperator.Sample(count));
    }

    public boolean has(Class<? extends DataOperator> type) {
        return operators.stream().anyMatch(type::isInstance);
    }

    /// With `operator` ahead of the sample step, or without any of its type.
    public DataRecipe with(DataOperator operator, boolean present) {
        List<DataOperator> changed = new ArrayList<>(operators);
        changed.removeIf(operator.getClass()::isInstance);
        if (present) {
            changed.addFirst(operator);
        }
        return new DataRecipe(changed);
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
