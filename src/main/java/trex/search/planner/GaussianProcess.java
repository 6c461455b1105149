package trex.search.planner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Gaussian process regression with a Matérn 5/2 kernel,
/// `k(r) = (1 + sqrt(5) r + 5 r² / 3) exp(-sqrt(5) r)` (Rasmussen and Williams 2006, chapter 4).
///
/// Values are standardised. Length scales, one a dimension, and the noise are those with the
/// highest posterior that a small search finds; see [Hyperparameters]. Made for tens of points; of
/// hundreds, some tell the length scales.
public final class GaussianProcess {
    /// Points that length scales are looked for with, at most.
    private static final int TELLING = 200;

    private final Space space;
    private final List<Point> points;
    private final double mean;
    private final double deviation;
    private final double[] standardised;
    private final Hyperparameters chosen;
    private final Cholesky factor;
    private final double[] weights;

    private GaussianProcess(Space space, List<Point> points, double mean, double deviation, double[] standardised,
            Hyperparameters chosen) {
        this.space = space;
        this.points = List.copyOf(points);
        this.mean = mean;
        this.deviation = deviation;
        this.standardised = standardised;
        this.chosen = chosen;
        this.factor = new Cholesky(chosen.covariance(Distances.of(space, points)));
        this.weights = factor.solve(standardised);
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
        int[] telling = evenly(points.size());
        Hyperparameters likeliest = Hyperparameters.likeliest(
                Distances.of(space, Arrays.stream(telling).mapToObj(points::get).toList()),
                Arrays.stream(telling).mapToDouble(i -> standardised[i]).toArray());
        return new GaussianProcess(space, points, mean, deviation, standardised, likeliest);
    }

    /// All of `n` numbers, or [#TELLING] of them at equal distances.
    private static int[] evenly(int n) {
        int count = Math.min(n, TELLING);
        return IntStream.range(0, count).map(i -> (int) ((long) i * n / count)).toArray();
    }

    /// Matérn 5/2 of a squared distance in length scales.
    static double kernel(double squaredDistance) {
        double r = Math.sqrt(5 * squaredDistance);
        return (1 + r + 5 * squaredDistance / 3) * Math.exp(-r);
    }

    /// Mean and standard deviation of the function at a point, in the unit of the values.
    public Prediction predict(Point at) {
        double[] covariances = covariances(at);
        double sum = 0;
        for (int i = 0; i < covariances.length; i++) {
            sum += covariances[i] * weights[i];
        }
        double variance = 1;
        for (double v : factor.forward(covariances)) {
            variance -= v * v;
        }
        return new Prediction(mean + deviation * sum, deviation * Math.sqrt(Math.max(variance, 1e-9)));
    }

    /// The mean alone, which costs `O(n)` where the deviation costs `O(n²)`.
    public double mean(Point at) {
        double[] covariances = covariances(at);
        double sum = 0;
        for (int i = 0; i < covariances.length; i++) {
            sum += covariances[i] * weights[i];
        }
        return mean + deviation * sum;
    }

    private double[] covariances(Point at) {
        double[] covariances = new double[points.size()];
        for (int i = 0; i < covariances.length; i++) {
            covariances[i] = kernel(space.squaredDistance(points.get(i), at, chosen.lengthScales()));
        }
        return covariances;
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
        return deviation * Math.sqrt(chosen.noise());
    }

    /// The process that also knows a point that is being tried, entered at its predicted mean
    /// (the "kriging believer"), so that the next proposal goes elsewhere.
    public GaussianProcess believing(Point pending) {
        List<Point> more = new ArrayList<>(points);
        more.add(pending);
        double[] y = Arrays.copyOf(standardised, standardised.length + 1);
        y[standardised.length] = (mean(pending) - mean) / deviation;
        return new GaussianProcess(space, more, mean, deviation, y, chosen);
    }
}
