package trex.search.planner;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A point to try, and why.
///
/// @param forecast what the Gaussian process expects; null where nothing was forecast
public record Proposal(Point point, @Nullable Forecast forecast) {
    /// @param expected the predicted value and its uncertainty
    /// @param incumbent the best predicted value so far
    /// @param improvement expected improvement over the incumbent, at least 0
    /// @param noise standard deviation of the noise as the process sees it
    /// @param moves what each changed dimension of an edit is worth; empty for other points
    public record Forecast(GaussianProcess.Prediction expected, double incumbent, double improvement, double noise,
            List<Moved> moves) {
        public Forecast {
            moves = List.copyOf(moves);
        }
    }

    /// Why a field is changed.
    ///
    /// @param gain how much the predicted mean would rise if only this dimension moved
    public record Moved(String dimension, double gain) {}
}
