package trex.evaluation;

/// Probabilities of counts under the binomial law.
final class Chance {
    private Chance() {}

    /// Probability of at least `hits` among `n` where each has the probability `p`.
    static double atLeast(int hits, int n, double p) {
        if (hits <= 0) {
            return 1;
        }
        if (p <= 0 || p >= 1) {
            return p <= 0 ? 0 : 1;
        }
        double sum = 0;
        for (int k = hits; k <= n; k++) {
            sum += Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p));
        }
        return Math.min(1, sum);
    }

    /// Probability of a split of `a + b` fair tosses at least as uneven as `a` to `b`.
    static double ofSplit(int a, int b) {
        return Math.min(1, 2 * atLeast(Math.max(a, b), a + b, 0.5));
    }

    private static double logChoose(int n, int k) {
        double sum = 0;
        for (int i = 1; i <= Math.min(k, n - k); i++) {
            sum += Math.log(n - i + 1.0) - Math.log(i);
        }
        return sum;
    }
}
