package trex.bench.search;

import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import trex.search.planner.Dimension;
import trex.search.planner.Point;
import trex.search.planner.Space;

/// A made-up accuracy of adapter tuning, with the traits of the real thing: the best learning rate
/// depends on method and batch, the rank saturates, passes over-train, filter and mixture interact,
/// and learning rates far above the best one diverge.
final class AdapterSurface implements Problem.Landscape {
    private static final int SURFACES = 20;
    /// By method: logarithm of the best learning rate, and what the method is worth.
    private static final double[] BEST_RATES = {-4.9, -3.9, -3.7, -4.2};
    private static final double[] WORTH = {0, 0.02, 0.04, -0.04};

    private final double[] traits;
    private final Space space = new Space(List.of(new Dimension.Categorical("method", BEST_RATES.length),
            new Dimension.Numeric("learningRate"), new Dimension.Numeric("batchSize"), new Dimension.Numeric("rank"),
            new Dimension.Numeric("epochs"), new Dimension.Numeric("filter"), new Dimension.Numeric("mixture"),
            new Dimension.Numeric("warmup")));

    private AdapterSurface(long seed) {
        traits = new Random(seed).doubles(6).toArray();
    }

    /// Surfaces of one kind, each with drafts that did well on the others.
    static List<Problem> problems() {
        return Portfolio.leaveOneOut(IntStream.range(0, SURFACES)
                .mapToObj(i -> Calibration.problem("adapters-" + i, new AdapterSurface(i)))
                .toList());
    }

    @Override
    public Space space() {
        return space;
    }

    @Override
    public double value(Point u) {
        int method = (int) u.get(0);
        double warmup = u.get(7);
        double best = BEST_RATES[method] + 0.5 * (u.get(2) - 0.5) + 0.6 * (traits[0] - 0.5);
        double above = -6 + 4 * u.get(1) - best;
        if (above > 1.15 + 0.3 * warmup) {
            return Double.NaN;
        }
        double filter = u.get(5);
        return DoubleStream.of(
                0.6 + WORTH[method],
                -0.1 * above * above * (above > 0 ? 2 : 1),
                method == 0 ? 0 : 0.05 * (1 - Math.exp(-4 * u.get(3) * (0.5 + traits[1]))),
                -0.12 * square(u.get(4) - (0.3 + 0.5 * traits[2]) + 0.2 * above),
                -0.15 * square(filter - (0.2 + 0.6 * traits[3])),
                -0.2 * square(u.get(6) - (0.1 + 0.8 * traits[4]) + 0.3 * (filter - 0.5) * traits[5]),
                0.01 * warmup).sum();
    }

    private static double square(double x) {
        return x * x;
    }
}
