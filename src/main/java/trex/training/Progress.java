package trex.training;

import org.jspecify.annotations.Nullable;
import trex.model.Checkpoint;
import trex.model.Method;
import trex.model.Precision;
import trex.model.Score;

/// What a checkpoint remembers beside its tensors.
///
/// @param step optimizer steps taken
/// @param digest of recipe and examples: a checkpoint of another run is not resumed
/// @param firstLoss loss of the first step, in nats
/// @param averageLoss running mean of the loss, in nats
/// @param best the best validation so far, with its checkpoint; null before the first one
/// @param unmeasured whether the validation after this step was given up and is still to be made
record Progress(
        int step,
        String digest,
        Method method,
        Precision precision,
        double firstLoss,
        double averageLoss,
        long examples,
        long tokens,
        @Nullable Best best,
        boolean unmeasured) {
    /// @param checkpoint null where it is this very checkpoint
    record Best(Score score, @Nullable Checkpoint checkpoint) {}
}
