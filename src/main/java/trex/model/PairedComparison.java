package trex.model;

import java.util.Map;
import java.util.Optional;

/// Two models on the same examples: how often one was right where the other was wrong.
///
/// @param n examples that both have answered, at least 1
/// @param gained answered rightly by the second model only
/// @param lost answered rightly by the first model only
public record PairedComparison(int n, int gained, int lost) implements PairedTest {
    public PairedComparison {
        if (n < 1 || gained < 0 || lost < 0 || gained + lost > n) {
            throw new IllegalArgumentException(
                    "a comparison needs gained + lost <= n, got " + gained + " + " + lost + " of " + n);
        }
    }

    /// Compares by the examples' ids; empty where the two have no example in common.
    public static Optional<PairedComparison> of(Map<String, Answer> first, Map<String, Answer> second) {
        int n = 0;
        int gained = 0;
        int lost = 0;
        for (var answer : first.entrySet()) {
            Answer other = second.get(answer.getKey());
            if (other != null) {
                n++;
                gained += other.right() && !answer.getValue().right() ? 1 : 0;
                lost += !other.right() && answer.getValue().right() ? 1 : 0;
            }
        }
        return n == 0 ? Optional.empty() : Optional.of(new PairedComparison(n, gained, lost));
    }

    /// How much larger the second model's share of right answers is.
    @Override
    public double difference() {
        return (double) (gained - lost) / n;
    }

    @Override
    public double standardError() {
        double changed = gained + lost;
        double net = gained - lost;
        return Math.sqrt(changed - net * net / n) / n;
    }

    /// The exact two-sided test of McNemar (Psychometrika 12, 1947): how probable a split of the
    /// changed answers at least as uneven as this one is where neither model is better.
    @Override
    public double p() {
        int changed = gained + lost;
        double term = Math.pow(0.5, Math.min(changed, 1000)); // beyond that the tail is 0 in any case
        double sum = 0;
        for (int k = 0; k <= Math.min(gained, lost); k++) {
            sum += term;
            term *= (double) (changed - k) / (k + 1);
        }
        return changed > 1000 ? normalTail() : Math.min(1, 2 * sum);
    }

    /// For many changed answers, where the first terms of the sum are too small for a double.
    private double normalTail() {
        double z = Math.max(0, Math.abs(gained - lost) - 1) / Math.sqrt(gained + lost);
        return Math.min(1, 2 * Math.exp(-z * z / 2) / (1.64 * z + Math.sqrt(0.76 * z * z + 4)));
    }

    @Override
    public String method() {
        return "McNemar, exact";
    }
}
