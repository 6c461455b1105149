package trex.evaluation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import trex.model.Metric;
import trex.model.Score;

/// Mean over classes of the F1 score: `2 right / (2 right + wrongly given + missed)`. A class that
/// is neither expected nor given anywhere does not count.
final class MacroF1 {
    private final Map<Outcome, Integer> counts = new HashMap<>();

    private record Outcome(String expected, String given) {}

    private MacroF1(List<Prediction> predictions) {
        predictions.forEach(p -> counts.merge(new Outcome(p.expected().strip(), p.given().strip()), 1, Integer::sum));
    }

    /// The standard error is the jackknife's (Efron and Stein 1981): examples of the same outcome
    /// are left out once and counted as often as they occur.
    static Score of(List<Prediction> predictions) {
        MacroF1 all = new MacroF1(predictions);
        int n = predictions.size();
        return new Score(Metric.MACRO_F1, all.value(), n < 2 ? 0 : all.jackknife(n), n);
    }

    private double jackknife(int n) {
        Map<Double, Integer> values = new HashMap<>();
        for (Outcome outcome : Set.copyOf(counts.keySet())) {
            int times = counts.merge(outcome, -1, Integer::sum) + 1;
            values.merge(value(), times, Integer::sum);
            counts.merge(outcome, 1, Integer::sum);
        }
        double mean = values.entrySet().stream().mapToDouble(e -> e.getKey() * e.getValue()).sum() / n;
        double squares = values.entrySet().stream()
                .mapToDouble(e -> (e.getKey() - mean) * (e.getKey() - mean) * e.getValue())
                .sum();
        return Math.sqrt((n - 1.0) / n * squares);
    }

    private double value() {
        Map<String, Integer> right = new HashMap<>();
        Map<String, Integer> mentions = new HashMap<>();
        Set<String> classes = new HashSet<>();
        counts.forEach((outcome, count) -> {
            if (count > 0) {
                classes.add(outcome.expected);
                classes.add(outcome.given);
                mentions.merge(outcome.expected, count, Integer::sum);
                mentions.merge(outcome.given, count, Integer::sum);
                right.merge(outcome.expected, outcome.expected.equals(outcome.given) ? count : 0, Integer::sum);
            }
        });
        return classes.stream()
                .mapToDouble(c -> 2.0 * right.getOrDefault(c, 0) / mentions.getOrDefault(c, 1))
                .average()
                .orElse(0);
    }
}
