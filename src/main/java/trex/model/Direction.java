package trex.model;

/// Which way is better for a measured value.
public enum Direction {
    HIGHER,
    LOWER;

    /// Whether `a` is strictly better than `b` in this direction.
    public boolean better(double a, double b) {
        return this == HIGHER ? a > b : a < b;
    }
}
