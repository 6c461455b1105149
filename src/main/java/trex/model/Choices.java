package trex.model;

import java.util.HashSet;
import java.util.List;

/// A mission's own values of a recipe field with a fixed list of them.
///
/// @param values at least one, in the order they are given
public record Choices(List<String> values) implements Limit {
    public Choices {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("choices: the list of allowed values is empty");
        }
        if (new HashSet<>(values).size() < values.size()) {
            throw new IllegalArgumentException("choices: a value is listed twice: " + String.join(", ", values));
        }
    }

    @Override
    public String text() {
        return String.join(" or ", values);
    }
}
