package trex.model;

/// A measured value that knows its metric, its standard error and how many examples stand behind it.
///
/// @param value the measured value: a share in `[0, 1]`, or a loss in nats
/// @param standardError standard error of the value over examples, in the metric's unit, at least 0
/// @param n number of examples measured, at least 1
public record Score(Metric metric, double value, double standardError, int n) {
    public Score {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a score must be finite, got " + value);
        }
        if (!(standardError >= 0)) {
            throw new IllegalArgumentException("standard error must be at least 0, got " + standardError);
        }
        if (n < 1) {
            throw new IllegalArgumentException("a score needs at least one example, got n = " + n);
        }
    }

    /// A proportion of `right` in `n` with its binomial standard error `sqrt(p (1 - p) / n)`.
    public static Score proportion(Metric metric, int right, int n) {
        double p = (double) right / n;
        return new Score(metric, p, Math.sqrt(p * (1 - p) / n), n);
    }

    public boolean beats(Score other) {
        return metric.better().better(value, other.value);
    }

    /// Whether the distance to `other` is within two standard errors of the difference of
    /// independent samples: too small to tell from luck.
    public boolean withinNoiseOf(Score other) {
        return Math.abs(value - other.value) <= 2 * Math.hypot(standardError, other.standardError);
    }
}
