package trex.search.planner;

import java.util.Arrays;
import java.util.Objects;

/// What a Gaussian process assumes of its function.
///
/// @param lengthScales a dimension, in shares of its range
/// @param noise variance of the noise, in units of the values' variance
record Hyperparameters(double[] lengthScales, double noise) {
    private static final double[] COMMON = {0.3, 0.6, 1.2, 2.4};
    private static final double[] NOISES = {0.01, 0.1, 0.4};
    private static final double[] FACTORS = {0.5, 2, 4};
    /// Standard deviation of the logarithm of a length scale around the common one.
    private static final double FREEDOM = 1;
    private static final double LONGEST = 10;
    private static final double SHORTEST = 0.1;

    /// Maximises the marginal likelihood: first one common length scale and the noise on a grid, then
    /// each dimension's own by factors, held back by a log-normal prior around the common one, so
    /// that a handful of points does not make a dimension look important.
    static Hyperparameters likeliest(Distances distances, double[] y) {
        Hyperparameters best = null;
        double highest = Double.NEGATIVE_INFINITY;
        for (double length : COMMON) {
            for (double noise : NOISES) {
                Hyperparameters tried = new Hyperparameters(filled(distances.dimensions(), length), noise);
                double likelihood = tried.logLikelihood(distances, y);
                if (best == null || likelihood > highest) {
                    best = tried;
                    highest = likelihood;
                }
            }
        }
        return Objects.requireNonNull(best).withOwnScales(distances, y);
    }

    private static double[] filled(int length, double value) {
        double[] all = new double[length];
        Arrays.fill(all, value);
        return all;
    }

    private Hyperparameters withOwnScales(Distances distances, double[] y) {
        double common = lengthScales[0];
        Hyperparameters best = this;
        double highest = logLikelihood(distances, y);
        for (int d = 0; d < lengthScales.length; d++) {
            Hyperparameters from = best;
            for (double factor : FACTORS) {
                Hyperparameters tried = from.scaled(d, factor);
                double posterior = tried.logLikelihood(distances, y) + tried.logPrior(common);
                if (posterior > highest) {
                    highest = posterior;
                    best = tried;
                }
            }
        }
        return best;
    }

    private Hyperparameters scaled(int dimension, double factor) {
        double[] changed = lengthScales.clone();
        changed[dimension] = Math.clamp(changed[dimension] * factor, SHORTEST, LONGEST);
        return new Hyperparameters(changed, noise);
    }

    private double logPrior(double common) {
        double sum = 0;
        for (double length : lengthScales) {
            double z = Math.log(length / common) / FREEDOM;
            sum -= z * z / 2;
        }
        return sum;
    }

    /// The lower triangle is filled; the rest is 0.
    double[][] covariance(Distances distances) {
        double[] scaled = distances.scaled(lengthScales);
        double[][] kernel = new double[distances.size()][distances.size()];
        int at = 0;
        for (int i = 0; i < kernel.length; i++) {
            for (int j = 0; j <= i; j++) {
                kernel[i][j] = GaussianProcess.kernel(scaled[at++]) + (i == j ? noise : 0);
            }
        }
        return kernel;
    }

    /// Up to a constant: `-½ yᵀ K⁻¹ y - ½ log |K|`.
    double logLikelihood(Distances distances, double[] y) {
        Cholesky factor = new Cholesky(covariance(distances));
        double sum = -factor.halfLogDeterminant();
        for (double w : factor.forward(y)) {
            sum -= w * w / 2;
        }
        return sum;
    }
}
