package trex.model;

import java.util.Locale;

/// An amount of memory or disk that is told to a person: `512 MiB`, `1.8 GiB`.
public record ByteCount(long bytes) {
    private static final double MEBI = 1 << 20;
    private static final double GIBI = 1 << 30;

    /// To the nearest byte.
    public static ByteCount of(double bytes) {
        return new ByteCount(Math.round(bytes));
    }

    @Override
    public String toString() {
        return bytes < GIBI
                ? String.format(Locale.ROOT, "%.0f MiB", bytes / MEBI)
                : String.format(Locale.ROOT, "%.1f GiB", bytes / GIBI);
    }
}
