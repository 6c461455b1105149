package trex.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// A mean with its standard error.
///
/// @param error standard error, at least 0
public record Mean(double value, double error) {
    private static final double NORMAL_95 = 1.96;

    /// Over suites, every suite weighing the same, with the error over the runs.
    ///
    /// @param suites values of the runs of each suite
    public static Mean of(Collection<double[]> suites) {
        List<Mean> means = suites.stream().map(Mean::of).toList();
        double value = means.stream().mapToDouble(Mean::value).average().orElseThrow();
        double variance = means.stream().mapToDouble(m -> m.error() * m.error()).sum();
        return new Mean(value, Math.sqrt(variance) / means.size());
    }

    /// @param runs one value at least; of a single one the error is 0
    public static Mean of(double[] runs) {
        double mean = Arrays.stream(runs).average().orElseThrow();
        double squares = Arrays.stream(runs).map(r -> (r - mean) * (r - mean)).sum();
        return new Mean(mean, Math.sqrt(squares / Math.max(1, runs.length - 1) / runs.length));
    }

    /// Half the width of the 95 % interval.
    public double halfWidth() {
        return NORMAL_95 * error;
    }
}
