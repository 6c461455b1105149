package trex.model;

/// A mission's own, narrower range of a numeric recipe field, in the field's unit, both ends included.
public record Bounds(double min, double max) implements Limit {
    public Bounds {
        if (!(min <= max)) {
            throw new IllegalArgumentException("bounds: min " + min + " is above max " + max);
        }
    }

    @Override
    public String text() {
        return NumberField.format(min) + (min == max ? "" : " to " + NumberField.format(max));
    }
}
