package trex.gui.chart;

/// Round numbers along an axis: 1, 2 or 5 times a power of ten.
final class Ticks {
    private Ticks() {}

    /// The step between ticks that gives about `wanted` of them on a stretch of `span`.
    static double step(double span, int wanted) {
        if (!(span > 0) || wanted < 1) {
            return 1;
        }
        double raw = span / wanted;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double lead = raw / power;
        return power * (lead <= 1.4 ? 1 : lead <= 3.2 ? 2 : lead <= 7 ? 5 : 10);
    }

    /// Digits after the point that tell ticks of this step apart.
    static int digits(double step) {
        return Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
    }
}
