package trex.search.planner;

import java.util.Arrays;

/// A place in a [Space]: one coordinate a dimension. Immutable.
public final class Point {
    private final double[] coordinates;

    public Point(double... coordinates) {
        this.coordinates = coordinates.clone();
    }

    public double get(int dimension) {
        return coordinates[dimension];
    }

    public int size() {
        return coordinates.length;
    }

    public Point with(int dimension, double value) {
        double[] changed = coordinates.clone();
        changed[dimension] = value;
        return new Point(changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Point p && Arrays.equals(coordinates, p.coordinates);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(coordinates);
    }

    @Override
    public String toString() {
        return Arrays.toString(coordinates);
    }
}
