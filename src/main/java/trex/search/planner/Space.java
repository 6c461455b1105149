package trex.search.planner;

import java.util.List;
import java.util.Random;

/// A box of numeric and categorical dimensions.
public record Space(List<Dimension> dimensions) {
    /// Standard deviation of a numeric edit, as a share of the dimension's range.
    private static final double STEP = 0.2;
    /// Share of numeric edits that jump anywhere instead of stepping.
    private static final double JUMP = 0.1;

    public Space {
        dimensions = List.copyOf(dimensions);
        if (dimensions.isEmpty()) {
            throw new IllegalArgumentException("a space needs at least one dimension");
        }
    }

    public int size() {
        return dimensions.size();
    }

    /// A point drawn evenly.
    public Point random(Random random) {
        double[] drawn = new double[size()];
        for (int d = 0; d < drawn.length; d++) {
            drawn[d] = anywhere(d, random);
        }
        return new Point(drawn);
    }

    /// `from` with `count` different dimensions changed.
    public Point edit(Point from, int count, Random random) {
        Point changed = from;
        List<Integer> order = new java.util.ArrayList<>(java.util.stream.IntStream.range(0, size()).boxed().toList());
        java.util.Collections.shuffle(order, random);
        for (int d : order.subList(0, Math.min(count, size()))) {
            changed = changed.with(d, moved(d, changed.get(d), random));
        }
        return changed;
    }

    private double moved(int dimension, double value, Random random) {
        return switch (dimensions.get(dimension)) {
            case Dimension.Numeric _ -> random.nextDouble() < JUMP
                    ? random.nextDouble()
                    : reflected(value + STEP * random.nextGaussian());
            case Dimension.Categorical(_, int choices) -> (value + 1 + random.nextInt(choices - 1)) % choices;
        };
    }

    private double anywhere(int dimension, Random random) {
        return switch (dimensions.get(dimension)) {
            case Dimension.Numeric _ -> random.nextDouble();
            case Dimension.Categorical(_, int choices) -> random.nextInt(choices);
        };
    }

    /// Steps over an end come back from it: otherwise the ends would collect a share of all edits.
    private static double reflected(double value) {
        double inside = value < 0 ? -value : value > 1 ? 2 - value : value;
        return Math.clamp(inside, 0, 1);
    }

    /// Squared distance in units of the length scales.
    double squaredDistance(Point a, Point b, double[] lengthScales) {
        double sum = 0;
        for (int d = 0; d < lengthScales.length; d++) {
            double scaled = apart(a, b, d) / lengthScales[d];
            sum += scaled * scaled;
        }
        return sum;
    }

    /// Distance along one dimension; a different choice counts as the whole range.
    double apart(Point a, Point b, int dimension) {
        return switch (dimensions.get(dimension)) {
            case Dimension.Numeric _ -> a.get(dimension) - b.get(dimension);
            case Dimension.Categorical _ -> a.get(dimension) == b.get(dimension) ? 0 : 1;
        };
    }
}
