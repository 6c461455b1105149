package trex.model;

/// The three splits of a study, cut and sealed before anything else.
///
/// @param removedFromTrain training rows removed because a validation or test row equals or
///     contains them, or is contained in them
public record SealedSplits(SealedSplit train, SealedSplit validation, SealedSplit test, int removedFromTrain) {
    public SealedSplit of(Split split) {
        return switch (split) {
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }
}
