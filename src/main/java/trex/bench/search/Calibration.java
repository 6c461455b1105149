package trex.bench.search;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import trex.search.planner.Point;

/// Finds the ordinary and the best value of a landscape: random points, then a local search.
final class Calibration {
    private static final int DRAWN = 800;
    private static final int POLISHED = 700;
    private static final long SEED = 99;

    private Calibration() {}

    static Problem problem(String name, Problem.Landscape landscape) {
        Random random = new Random(SEED);
        double[] values = new double[DRAWN];
        Point top = landscape.space().random(random);
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < values.length; i++) {
            Point point = landscape.space().random(random);
            values[i] = landscape.value(point);
            if (values[i] > best) {
                best = values[i];
                top = point;
            }
        }
        for (int i = 0; i < POLISHED; i++) {
            Point near = near(landscape, top, random);
            double value = landscape.value(near);
            if (value > best) {
                best = value;
                top = near;
            }
        }
        double[] trained = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        return new Problem(name, landscape, best, trained[trained.length / 2], List.of());
    }

    /// Half a usual step in one or two dimensions.
    private static Point near(Problem.Landscape landscape, Point from, Random random) {
        Point wide = landscape.space().edit(from, 1 + random.nextInt(2), random);
        Point near = from;
        for (int d = 0; d < landscape.space().size(); d++) {
            near = near.with(d, (from.get(d) + wide.get(d)) / 2);
        }
        return near;
    }
}
