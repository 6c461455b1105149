package trex.bench;

import java.util.Locale;

/// How figures are written in tables: four significant digits at most, no exponent where it can be had.
final class Figures {
    private Figures() {}

    static String text(double value) {
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e9) {
            return Long.toString((long) value);
        }
        if (size >= 1000) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        if (size >= 100) {
            return String.format(Locale.ROOT, "%.1f", value);
        }
        if (size >= 1) {
            return String.format(Locale.ROOT, "%.2f", value);
        }
        return size >= 1e-3 ? String.format(Locale.ROOT, "%.3f", value) : String.format(Locale.ROOT, "%.2e", value);
    }
}
