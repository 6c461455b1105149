package trex.search.planner;

/// The standard normal distribution.
final class Normal {
    private Normal() {}

    static double density(double z) {
        return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }

    /// `P(Z <= z)` to 1.5e-7 (Abramowitz and Stegun 7.1.26).
    static double cumulative(double z) {
        double x = Math.abs(z) / Math.sqrt(2);
        double t = 1 / (1 + 0.3275911 * x);
        double polynomial = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
        double half = polynomial * Math.exp(-x * x) / 2;
        return z >= 0 ? 1 - half : half;
    }
}
