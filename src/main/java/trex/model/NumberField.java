package trex.model;

import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A numeric recipe field with its range and scale.
///
/// @param logarithmic whether equal steps are equal ratios
/// @param whole whether only whole numbers make sense
/// @param read the value, or null where the field does not apply
public record NumberField(
        String name,
        String description,
        FieldGroup group,
        double min,
        double max,
        boolean logarithmic,
        boolean whole,
        Function<Recipe, @Nullable Double> read,
        BiFunction<Recipe, Double, Recipe> write)
        implements RecipeField {

    @Override
    public String text(Recipe recipe) {
        Double value = read.apply(recipe);
        return value == null ? "" : format(value);
    }

    @Override
    public Recipe with(Recipe recipe, String text) {
        double value;
        try {
            value = Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a number, got \"" + text + "\"", e);
        }
        return with(recipe, value);
    }

    public Recipe with(Recipe recipe, double value) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(
                    name + " must be " + format(min) + ".." + format(max) + ", got " + format(value));
        }
        if (whole && value != Math.rint(value)) {
            throw new IllegalArgumentException(name + " must be a whole number, got " + value);
        }
        return write.apply(recipe, value);
    }

    /// Where the recipe's value lies in `bounds`, 0 at the lower and 1 at the upper end, on the
    /// field's scale; 0 where the field does not apply.
    public double position(Recipe recipe, Bounds bounds) {
        Double value = read.apply(recipe);
        if (value == null || bounds.min() == bounds.max()) {
            return 0;
        }
        double share = (scaled(value) - scaled(bounds.min())) / (scaled(bounds.max()) - scaled(bounds.min()));
        return Math.clamp(share, 0, 1);
    }

    /// The recipe with the value at `position` in `bounds`, rounded to two significant digits (or
    /// to a whole number): proposals should be readable.
    public Recipe at(Recipe recipe, double position, Bounds bounds) {
        double s = scaled(bounds.min()) + Math.clamp(position, 0, 1) * (scaled(bounds.max()) - scaled(bounds.min()));
        double value = logarithmic ? Math.exp(s) : s;
        return with(recipe, Math.clamp(readable(value), bounds.min(), bounds.max()));
    }

    /// A whole number, or two significant digits.
    public double readable(double value) {
        return whole ? Math.rint(value) : twoDigits(value);
    }

    public Bounds range() {
        return new Bounds(min, max);
    }

    @Override
    public void refuseImpossible(Limit limit) {
        switch (limit) {
            case Bounds bounds -> {
                if (bounds.min() < min || bounds.max() > max) {
                    throw new IllegalArgumentException("space: " + name + " must lie within " + format(min) + ".."
                            + format(max) + ", got " + format(bounds.min()) + ".." + format(bounds.max()));
                }
            }
            case Choices _ -> throw new IllegalArgumentException(
                    "space: " + name + " is a number: give {\"min\": …, \"max\": …}, not a list of values");
        }
    }

    @Override
    public boolean isWithin(Limit limit, Recipe recipe) {
        Double value = read.apply(recipe);
        return value == null || !(limit instanceof Bounds(double least, double most)) || value >= least && value <= most;
    }

    private double scaled(double value) {
        return logarithmic ? Math.log(value) : value;
    }

    private static double twoDigits(double value) {
        return value == 0 ? 0 : Double.parseDouble(String.format(Locale.ROOT, "%.1e", value));
    }

    static String format(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return Long.toString((long) value);
        }
        return Math.abs(value) < 1e-2
                ? String.format(Locale.ROOT, "%.3e", value).replaceAll("0+e", "e").replaceAll("\\.e", "e").replaceAll("e-0", "e-")
                : Double.toString(value);
    }
}
