package trex.gui.theme;

import javafx.scene.paint.Color;

/// The colour of a score: from indigo (worst of the study) over teal and green to gold (best).
/// Lightness rises with the score, so that the order also shows without colours.
public final class ScoreRamp {
    private static final Color[] STOPS = {
        Color.web("#4c4f9e"), Color.web("#3a6ea5"), Color.web("#2a8c8c"), Color.web("#3aa76d"),
        Color.web("#86bf4b"), Color.web("#e0c341")
    };

    private ScoreRamp() {}

    /// @param shade 0 worst, 1 best
    public static Color colour(double shade) {
        double at = Math.clamp(shade, 0, 1) * (STOPS.length - 1);
        int stop = (int) Math.min(at, STOPS.length - 2);
        return STOPS[stop].interpolate(STOPS[stop + 1], at - stop);
    }
}
