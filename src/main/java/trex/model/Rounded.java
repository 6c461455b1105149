package trex.model;

import java.util.Locale;

/// Values as people read them. What rounds to zero has no sign.
public final class Rounded {
    private static final String ZERO = "[-+]0(\\.0*)?";

    private Rounded() {}

    /// As in `0.813` or `-0.020`.
    public static String of(double value, int decimals) {
        return unsigned(String.format(Locale.ROOT, "%." + decimals + "f", value));
    }

    /// A change: `+0.020`, `-0.020` or `0.000`.
    public static String change(double value, int decimals) {
        return unsigned(String.format(Locale.ROOT, "%+." + decimals + "f", value));
    }

    private static String unsigned(String text) {
        return text.matches(ZERO) ? text.substring(1) : text;
    }
}
