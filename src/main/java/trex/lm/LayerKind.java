package trex.lm;

/// What may differ between the layers of one model.
///
/// @param window a token sees itself and `window - 1` tokens before it; 0 for all
/// @param ropeTheta base of the rotary frequencies
public record LayerKind(int window, double ropeTheta, RopeScaling scaling) {
    public LayerKind {
        if (window < 0) {
            throw new IllegalArgumentException("model: a window has at least 0 tokens, got " + window);
        }
        if (!(ropeTheta > 0 && ropeTheta < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("model: ropeTheta must be a number above 0, got " + ropeTheta);
        }
    }
}
