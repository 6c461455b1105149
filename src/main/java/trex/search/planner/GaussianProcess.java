package trex.search.planner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Gaussian process regression with a Matérn 5/2 kernel,
/// `k(r) = (1 + sqrt(5) r + 5 r² / 3) exp(-sqrt(5) r)` (Rasmussen and Williams 2006, chapter 4).
///
/// Values are standardised; length scales and noise are those of a small grid with the highest
/// marginal likelihood. Made for tens of points: fitting costs `O(n³)` a grid point.
public final class GaussianProcess {
    private static final double[] LENGTH_SCALES = {0.3, 0.6, 1.2, 2.4};
    private static final double[] NOISES = {0.01, 0.1, 0.4};

    private final Space space;
    private final List<Point> points;
    private final double mean;
    private final double deviation;
    private final double[] standardised;
    private final Fit fit;

    /// Kernel matrix of one choice of length scales and noise, and its likelihood.
    private record Fit(double[] lengthScales, double noise, Cholesky factor, double[] weights, double logLikelihood) {}

    private GaussianProcess(Space space, List<Point> points, double mean, double deviation, double[] standardised, Fit fit) {
        this.space = space;
        this.points = List.copyOf(points);
        this.mean = mean;
        this.deviation = deviation;
        this.standardised = standardised;
        this.fit = fit;
    }

    /// @param observations at least one
    public static GaussianProcess fit(Space space, List<History.Observation> observations) {
        if (observations.isEmpty()) {
            throw new IllegalArgumentException("a Gaussian process needs at least one observation");
        }
        double[] values = observations.stream().mapToDouble(History.Observation::value).toArray();
        double mean = Arrays.stream(values).average().orElse(0);
        double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0);
        double deviation = Math.sqrt(variance) + 1e-9;
        double[] standardised = Arrays.stream(values).map(v -> (v - mean) / deviation).toArray();
        List<Point> points = observations.stream().map(History.Observation::point).toList();
        return new GaussianProcess(space, points, mean, deviation, standardised,
                likeliest(space, points, standardised));
    }

    private static Fit likeliest(Space space, List<Point> points, double[] y) {
        Fit best = null;
        for (double length : LENGTH_SCALES) {
            double[] scales = new double[space.size()];
            Arrays.fill(scales, length);
            for (double noise : NOISES) {
                Fit fit = fit(space, points, y, scales, noise);
                best = best == null || fit.logLikelihood() > best.logLikelihood() ? fit : best;
            }
        }
        return java.util.Objects.requireNonNull(best);
    }

    private static Fit fit(Space space, List<Point> points, double[] y, double[] scales, double noise) {
        int n = y.length;
        double[][] kernel = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                kernel[i][j] = kernel(space.squaredDistance(points.get(i), points.get(j), scales)) + (i == j ? noise : 0);
            }
        }
        Cholesky factor = new Cholesky(kernel);
        double[] whitened = factor.forward(y);
        double logLikelihood = -factor.halfLogDeterminant();
        for (double w : whitened) {
            logLikelihood -= w * w / 2;
        }
        return new Fit(scales, noise, factor, factor.solve(y), logLikelihood);
    }

    /// Matérn 5/2 of a squared distance in length scales.
    static double kernel(double squaredDistance) {
        double r = Math.sqrt(5 * squaredDistance);
        return (1 + r + 5 * squaredDistance / 3) * Math.exp(-r);
    }

    /// Mean and standard deviation of the function at a point, in the unit of the values.
    public Prediction predict(Point at) {
        double[] covariances = new double[points.size()];
        double sum = 0;
        for (int i = 0; i < covariances.length; i++) {
            covariances[i] = kernel(space.squaredDistance(points.get(i), at, fit.lengthScales()));
            sum += covariances[i] * fit.weights()[i];
        }
        double variance = 1;
        for (double v : fit.factor().forward(covariances)) {
            variance -= v * v;
        }
        return new Prediction(mean + deviation * sum, deviation * Math.sqrt(Math.max(variance, 1e-9)));
    }

    /// The mean alone, which costs `O(n)` where the deviation costs `O(n²)`.
    public double mean(Point at) {
        double sum = 0;
        for (int i = 0; i < points.size(); i++) {
            sum += kernel(space.squaredDistance(points.get(i), at, fit.lengthScales())) * fit.weights()[i];
        }
        return mean + deviation * sum;
    }

    /// A belief about the value at a point.
    public record Prediction(double mean, double deviation) {
        /// `E[max(0, f - best)]`.
        public double expectedImprovement(double best) {
            double z = (mean - best) / deviation;
            return deviation * (z * Normal.cumulative(z) + Normal.density(z));
        }
    }

    /// The highest predicted mean over the points it knows: an incumbent that noise cannot inflate.
    public double incumbent() {
        return points.stream().mapToDouble(this::mean).max().orElseThrow();
    }

    /// Standard deviation of the noise in the unit of the values.
    public double noise() {
        return deviation * Math.sqrt(fit.noise());
    }

    /// The process that also knows a point that is being tried, entered at its predicted mean
    /// (the "kriging believer"), so that the next proposal goes elsewhere.
    public GaussianProcess believing(Point pending) {
        List<Point> more = new ArrayList<>(points);
        more.add(pending);
        double[] y = Arrays.copyOf(standardised, standardised.length + 1);
        y[standardised.length] = (predict(pending).mean() - mean) / deviation;
        return new GaussianProcess(space, more, mean, deviation, y,
                fit(space, more, y, fit.lengthScales(), fit.noise()));
    }
}
