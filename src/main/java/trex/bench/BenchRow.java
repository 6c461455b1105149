package trex.bench;

import org.jspecify.annotations.Nullable;

/// One measured figure beside its control.
///
/// @param name what was measured, for example `lora r8 fp32 2x256`
/// @param value the measured value, finite
/// @param unit unit of the value and of its control, for example `tokens/s`
/// @param control the same thing done the reference's way in the same run, or null
/// @param ratio value over control, or a share of a limit; null where there is neither
/// @param goal the goal in words, for example `ratio >= 0.6`, or empty
/// @param met whether the goal was reached; null without a goal
public record BenchRow(
        String name,
        double value,
        String unit,
        @Nullable Double control,
        @Nullable Double ratio,
        String goal,
        @Nullable Boolean met) {
    private static final double GIB = 1L << 30;

    public BenchRow {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("bench row " + name + ": the value must be finite, got " + value);
        }
        if (goal.isEmpty() != (met == null)) {
            throw new IllegalArgumentException("bench row " + name + ": goal \"" + goal + "\" and met " + met
                    + " must come together");
        }
    }

    /// A figure with nothing to compare it to.
    public static BenchRow of(String name, double value, String unit) {
        return new BenchRow(name, value, unit, null, null, "", null);
    }

    /// The most memory that something took, in GiB.
    public static BenchRow peakMemory(String name, long bytes) {
        return of(name + ", peak memory", bytes / GIB, "GiB");
    }

    /// The same figure beside its control.
    public BenchRow against(double controlValue) {
        return new BenchRow(name, value, unit, controlValue, value / controlValue, goal, met);
    }

    /// The ratio must be at least `least`.
    public BenchRow wantsRatioAtLeast(double least) {
        return goal("ratio >= " + Figures.text(least), ratio != null && ratio >= least);
    }

    /// The ratio must be at most `most`.
    public BenchRow wantsRatioAtMost(double most) {
        return goal("ratio <= " + Figures.text(most), ratio != null && ratio <= most);
    }

    /// The value must be at least `least`.
    public BenchRow wantsAtLeast(double least) {
        return goal(">= " + Figures.text(least), value >= least);
    }

    /// The value must be at most `most`.
    public BenchRow wantsAtMost(double most) {
        return goal("<= " + Figures.text(most), value <= most);
    }

    private BenchRow goal(String words, boolean reached) {
        return new BenchRow(name, value, unit, control, ratio, words, reached);
    }
}
