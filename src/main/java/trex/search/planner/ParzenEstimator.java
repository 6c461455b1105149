package trex.search.planner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Tree-structured Parzen estimator: `log l(x) - log g(x)`, one dimension after another, with l the
/// density of the best share of the points and g that of the rest (Bergstra et al. 2011; settings
/// as in Watanabe, arXiv 2304.11127).
public final class ParzenEstimator {
    private static final double GOOD_SHARE = 0.1;
    private static final int MOST_GOOD = 25;

    private final Space space;
    private final List<Point> good = new ArrayList<>();
    private final List<Point> bad = new ArrayList<>();

    public ParzenEstimator(Space space, History history) {
        this.space = space;
        List<Point> ordered = history.observed().stream()
                .sorted(Comparator.comparingDouble(History.Observation::value).reversed())
                .map(History.Observation::point)
                .toList();
        int best = goodCount(ordered.size());
        good.addAll(ordered.subList(0, best));
        bad.addAll(ordered.subList(best, ordered.size()));
        bad.addAll(history.failed());
        bad.addAll(history.pending());
    }

    /// `min(ceil(0.1 n), 25)`.
    static int goodCount(int n) {
        return Math.min((int) Math.ceil(GOOD_SHARE * n), MOST_GOOD);
    }

    /// Logarithm of the ratio of the two densities; higher is more promising.
    public double ratio(Point at) {
        double sum = 0;
        for (int d = 0; d < space.size(); d++) {
            sum += Math.log(density(at, good, d)) - Math.log(density(at, bad, d));
        }
        return sum;
    }

    private double density(Point at, List<Point> among, int dimension) {
        return switch (space.dimensions().get(dimension)) {
            case Dimension.Numeric _ -> numeric(at.get(dimension), among, dimension);
            case Dimension.Categorical(_, int choices) -> categorical(at.get(dimension), among, dimension, choices);
        };
    }

    /// Kernels on the points and a uniform prior of one more.
    private static double numeric(double value, List<Point> among, int dimension) {
        double width = Math.max(0.1, 1 / (1 + Math.sqrt(among.size())));
        double sum = 1;
        for (Point p : among) {
            sum += Normal.density((value - p.get(dimension)) / width) / width;
        }
        return sum / (among.size() + 1);
    }

    private static double categorical(double value, List<Point> among, int dimension, int choices) {
        long equal = among.stream().filter(p -> p.get(dimension) == value).count();
        return (equal + 1.0 / choices) / (among.size() + 1);
    }
}
