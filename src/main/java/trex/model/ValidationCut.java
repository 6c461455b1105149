package trex.model;

/// How validation rows are cut from the training rows where the source has none of its own.
///
/// @param size number of validation rows wanted, at least 1
/// @param byGroup take rows that contain others and stand in none (whole sentences among their
///     phrases) before any other; in either case no training row is left that equals, contains or
///     stands in a validation row
public record ValidationCut(int size, boolean byGroup) {
    public ValidationCut {
        if (size < 1) {
            throw new IllegalArgumentException("validation cut: size must be at least 1, got " + size);
        }
    }
}
