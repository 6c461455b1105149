package trex.model;

import org.jspecify.annotations.Nullable;

/// What a run does.
public sealed interface Work {
    /// Trains a recipe on the training split and measures it on the validation split.
    record Train(Recipe recipe) implements Work {}

    /// Measures a checkpoint, or the untouched base model where `checkpoint` is null, on a split.
    record Measure(@Nullable Checkpoint checkpoint, Split split) implements Work {}
}
