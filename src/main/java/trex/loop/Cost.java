package trex.loop;

/// What work takes, or may take.
///
/// @param seconds of computing; NaN where it is not known yet
/// @param tokens processed in training; NaN where it is not known yet
record Cost(double seconds, double tokens) {
    static final Cost UNKNOWN = new Cost(Double.NaN, Double.NaN);
    static final Cost UNLIMITED = new Cost(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    static final Cost NONE = new Cost(0, 0);

    Cost plus(Cost other) {
        return new Cost(seconds + other.seconds, tokens + other.tokens);
    }

    /// With 0 for what is not known.
    Cost known() {
        return new Cost(Double.isNaN(seconds) ? 0 : seconds, Double.isNaN(tokens) ? 0 : tokens);
    }
}
