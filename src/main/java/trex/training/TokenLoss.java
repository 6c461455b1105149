package trex.training;

import java.util.Arrays;
import java.util.List;

/// The mean negative log-likelihood of a label token.
final class TokenLoss {
    private TokenLoss() {}

    /// Adds the gradient of the mean over all labels of a step.
    ///
    /// @param units sequences that stay together
    /// @param atOnce most units that are run through the model at once
    static double descend(List<List<LabelledExample>> units, int atOnce, Passes model) {
        int labels = units.stream().flatMap(List::stream).mapToInt(LabelledExample::labels).sum();
        PackedUnits packed = PackedUnits.of(units, atOnce, model);
        double[] slopes = new double[packed.sequences()];
        Arrays.fill(slopes, -1f / labels);
        return packed.descend(slopes, model);
    }
}
