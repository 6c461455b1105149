package trex.search.planner;

/// One coordinate of a space.
public sealed interface Dimension {
    String name();

    /// A number, scaled to `0..1` by whoever defines the space.
    record Numeric(String name) implements Dimension {}

    /// One of `choices` values without an order, coded `0..choices-1`.
    record Categorical(String name, int choices) implements Dimension {
        public Categorical {
            if (choices < 2) {
                throw new IllegalArgumentException(name + ": a choice needs at least 2 values, got " + choices);
            }
        }
    }
}
