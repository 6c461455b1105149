package trex.loop;

/// What work takes, or may take.
///
/// @param seconds of computing; NaN where it is not known yet
/// @param tokens processed in training and asked of a language model; NaN where it is not known yet
/// @param disk bytes, most of them at a time; NaN where it is not known
record Cost(double seconds, double tokens, double disk) {
    static final Cost UNKNOWN = new Cost(Double.NaN, Double.NaN, Double.NaN);
    static final Cost UNLIMITED =
            new Cost(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    static final Cost NONE = new Cost(0, 0, 0);

    /// Of work beside other work.
    Cost plus(Cost other) {
        return new Cost(seconds + other.seconds, tokens + other.tokens, disk + other.disk);
    }

    Cost withDisk(double bytes) {
        return new Cost(seconds, tokens, bytes);
    }

    /// With 0 for what is not known.
    Cost known() {
        return new Cost(known(seconds), known(tokens), known(disk));
    }

    private static double known(double value) {
        return Double.isNaN(value) ? 0 : value;
    }
}
