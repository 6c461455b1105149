package trex.executor;

import org.jspecify.annotations.Nullable;
import trex.model.Checkpoint;
import trex.model.ModelFiles;

/// A base model, or what a run made of it.
///
/// @param checkpoint null for the untouched base model
public record TunedModel(ModelFiles base, @Nullable Checkpoint checkpoint) {}
