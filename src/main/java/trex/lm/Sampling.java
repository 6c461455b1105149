package trex.lm;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// How the next token is chosen.
public sealed interface Sampling {
    /// The most likely token.
    record Greedy() implements Sampling {}

    /// A token drawn from the smallest set of most likely tokens whose probabilities reach `topP`
    /// (Holtzman et al. 2019, arXiv 1904.09751), after the logits were divided by `temperature`.
    ///
    /// @param temperature above 0
    /// @param topP above 0, at most 1
    /// @param seed the same seed writes the same text
    record Drawn(double temperature, double topP, long seed) implements Sampling {
        public Drawn {
            if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("temperature must be above 0, got " + temperature);
            }
            if (!(topP > 0 && topP <= 1)) {
                throw new IllegalArgumentException("topP must be above 0 and at most 1, got " + topP);
            }
        }

        /// Draws from `count` logits that begin at `from`.
        int draw(float[] logits, int from, int count, RandomGenerator random) {
            float largest = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < count; i++) {
                largest = Math.max(largest, logits[from + i]);
            }
            double[] odds = new double[count];
            double total = 0;
            for (int i = 0; i < count; i++) {
                odds[i] = Math.exp((logits[from + i] - largest) / temperature);
                total += odds[i];
            }
            return topP < 1 ? fromNucleus(odds, total, random) : pick(odds, total * random.nextDouble());
        }

        private int fromNucleus(double[] odds, double total, RandomGenerator random) {
            double[] sorted = candidates(odds, topP * total);
            Arrays.sort(sorted);
            double kept = 0;
            int next = sorted.length;
            while (kept < topP * total && next > 0) {
                kept += sorted[--next];
            }
            double least = sorted[next];
            double mass = 0;
            for (int i = 0; i < odds.length; i++) {
                odds[i] = odds[i] < least ? 0 : odds[i];
                mass += odds[i];
            }
            return pick(odds, mass * random.nextDouble());
        }

        /// Odds that hold the nucleus, all where no fewer surely do: of a vocabulary few words count,
        /// and sorting them all would take longer than a small model takes for a word.
        ///
        /// @param odds the largest is 1
        private static double[] candidates(double[] odds, double wanted) {
            for (double floor = 1e-2; floor > 1e-9; floor *= 1e-2) {
                double least = floor;
                double[] above = Arrays.stream(odds).filter(o -> o >= least).toArray();
                if (Arrays.stream(above).sum() > wanted * (1 + 1e-9)) {
                    return above;
                }
            }
            return odds.clone();
        }

        private static int pick(double[] odds, double point) {
            int last = 0;
            for (int i = 0; i < odds.length; i++) {
                if (odds[i] > 0) {
                    last = i;
                    point -= odds[i];
                    if (point < 0) {
                        return i;
                    }
                }
            }
            return last; // rounding left a crumb behind the last token
        }
    }
}
