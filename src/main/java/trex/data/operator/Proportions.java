package trex.data.operator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import trex.model.Example;

/// Takes rows of several groups in wanted proportions, without repeating any: as many as the
/// scarcest group allows. Every beginning of the result has nearly the same proportions, so that a
/// sample of it has too.
final class Proportions {
    private final Map<String, List<Example>> groups = new LinkedHashMap<>();

    /// @param rows in their seeded order, which holds within a group
    Proportions(List<Example> rows, Function<Example, String> group) {
        rows.forEach(row -> groups.computeIfAbsent(group.apply(row), _ -> new ArrayList<>()).add(row));
    }

    /// Number of rows by group, in the order of their first rows.
    Map<String, Integer> sizes() {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        groups.forEach((name, rows) -> sizes.put(name, rows.size()));
        return sizes;
    }

    /// @param weight relative number of rows of a group, 0 for none
    List<Example> take(ToDoubleFunction<String> weight) {
        double perWeight = groups.entrySet().stream()
                .filter(g -> weight.applyAsDouble(g.getKey()) > 0)
                .mapToDouble(g -> g.getValue().size() / weight.applyAsDouble(g.getKey()))
                .min().orElse(0);
        List<Placed> taken = new ArrayList<>();
        groups.forEach((name, rows) -> {
            int count = (int) Math.min(rows.size(), Math.round(perWeight * weight.applyAsDouble(name)));
            for (int i = 0; i < count; i++) {
                taken.add(new Placed(rows.get(i), (i + 0.5) / count));
            }
        });
        return taken.stream().sorted(Comparator.comparingDouble(Placed::at)).map(Placed::row).toList();
    }

    /// @param at where in its group the row stands, between 0 and 1
    private record Placed(Example row, double at) {}
}
