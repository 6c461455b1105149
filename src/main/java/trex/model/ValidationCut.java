package trex.model;

/// How validation rows are cut from the training rows where the source has none of its own.
///
/// @param size number of validation rows wanted, at least 1
/// @param byGroup rows of which one contains the other stay on one side
public record ValidationCut(int size, boolean byGroup) {
    public ValidationCut {
        if (size < 1) {
            throw new IllegalArgumentException("validation cut: size must be at least 1, got " + size);
        }
    }
}
