package trex.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/// Compares two models by macro-F1, which is no mean over examples: the examples are drawn anew with
/// replacement, both models are measured on the same draw, and the spread of the differences is that
/// of luck (Efron and Tibshirani 1993, chapters 6 and 13; paired as in Koehn 2004, EMNLP). Seeded: the
/// same answers get the same result.
///
/// @param n examples that both have answered, at least 1
/// @param difference macro-F1 of the second model less that of the first, on all examples
/// @param standardError standard deviation of the resamples' differences
/// @param low 2.5 % of the resamples' differences lie below
/// @param high 2.5 % of the resamples' differences lie above
/// @param p twice the smaller share of resamples on either side of 0, at most 1
public record PairedBootstrap(int n, double difference, double standardError, double low, double high, double p)
        implements PairedTest {
    /// Resamples: enough for the ends of an interval of 95 %.
    public static final int RESAMPLES = 2_000;
    private static final long SEED = 20_041;

    public PairedBootstrap {
        if (n < 1 || !(standardError >= 0) || !(low <= high) || !(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("a bootstrap needs n >= 1, standardError >= 0, low <= high and p in 0..1, got "
                    + n + ", " + standardError + ", " + low + ".." + high + ", " + p);
        }
    }

    /// Compares by the examples' ids; empty where the two have no example in common.
    public static Optional<PairedBootstrap> of(Map<String, Answer> first, Map<String, Answer> second) {
        List<String> common = first.keySet().stream().filter(second::containsKey).sorted().toList();
        return common.isEmpty() ? Optional.empty() : Optional.of(of(common, first, second));
    }

    private static PairedBootstrap of(List<String> ids, Map<String, Answer> first, Map<String, Answer> second) {
        Kinds kinds = new Kinds();
        int[] kind = new int[ids.size()];
        for (int i = 0; i < kind.length; i++) {
            Answer a = Objects.requireNonNull(first.get(ids.get(i)));
            Answer b = Objects.requireNonNull(second.get(ids.get(i)));
            kind[i] = kinds.number(a.expected(), a.given(), b.given());
        }
        int[] counts = new int[kinds.size()];
        Arrays.stream(kind).forEach(k -> counts[k]++);
        return of(kind.length, kinds.difference(counts), resampled(kinds, kind));
    }

    private static double[] resampled(Kinds kinds, int[] kind) {
        Random random = new Random(SEED);
        double[] differences = new double[RESAMPLES];
        for (int b = 0; b < RESAMPLES; b++) {
            int[] counts = new int[kinds.size()];
            for (int i = 0; i < kind.length; i++) {
                counts[kind[random.nextInt(kind.length)]]++;
            }
            differences[b] = kinds.difference(counts);
        }
        Arrays.sort(differences);
        return differences;
    }

    private static PairedBootstrap of(int n, double difference, double[] sorted) {
        double mean = Arrays.stream(sorted).average().orElse(0);
        double squares = Arrays.stream(sorted).map(d -> (d - mean) * (d - mean)).sum();
        int tail = RESAMPLES / 40;
        long below = 1 + Arrays.stream(sorted).filter(d -> d <= 0).count();
        long above = 1 + Arrays.stream(sorted).filter(d -> d >= 0).count();
        return new PairedBootstrap(n, difference, Math.sqrt(squares / (RESAMPLES - 1)), sorted[tail],
                sorted[RESAMPLES - 1 - tail], Math.min(1, 2.0 * Math.min(below, above) / (RESAMPLES + 1)));
    }

    @Override
    public String method() {
        return "paired bootstrap, " + RESAMPLES + " resamples";
    }

    /// Examples that are alike in the right answer and both given ones: there are few kinds of them,
    /// so that a resample is measured by their counts.
    private static final class Kinds {
        private final Map<String, Integer> classes = new HashMap<>();
        private final Map<List<Integer>, Integer> numbers = new HashMap<>();
        private final List<List<Integer>> all = new ArrayList<>();

        int number(String expected, String first, String second) {
            List<Integer> kind = List.of(label(expected), label(first), label(second));
            return numbers.computeIfAbsent(kind, _ -> {
                all.add(kind);
                return all.size() - 1;
            });
        }

        private int label(String text) {
            return classes.computeIfAbsent(text, _ -> classes.size());
        }

        int size() {
            return all.size();
        }

        /// Macro-F1 of the second model less that of the first.
        double difference(int[] counts) {
            return macroF1(counts, 2) - macroF1(counts, 1);
        }

        /// Mean over the classes that are expected or given of `2 right / (expected + given)`.
        private double macroF1(int[] counts, int model) {
            int[] right = new int[classes.size()];
            int[] mentions = new int[classes.size()];
            for (int k = 0; k < counts.length; k++) {
                int expected = all.get(k).get(0);
                int given = all.get(k).get(model);
                mentions[expected] += counts[k];
                mentions[given] += counts[k];
                right[expected] += expected == given ? counts[k] : 0;
            }
            double sum = 0;
            int seen = 0;
            for (int c = 0; c < right.length; c++) {
                if (mentions[c] > 0) {
                    sum += 2.0 * right[c] / mentions[c];
                    seen++;
                }
            }
            return sum / seen;
        }
    }
}
