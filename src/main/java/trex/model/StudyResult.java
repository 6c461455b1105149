package trex.model;

import org.jspecify.annotations.Nullable;

/// How a study ended: the honest scores.
///
/// @param best null where no round beat nothing, that is, where none was completed
/// @param completed rounds with a score
/// @param failed rounds that ended without one
/// @param rejected proposals that the person refused
/// @param seconds wall-clock seconds that the study computed, over all its starts
public record StudyResult(
        Measured baseline, @Nullable Best best, int completed, int failed, int rejected, double seconds) {
    /// A model's scores; `test` is null until the split has been opened.
    public record Measured(Score validation, @Nullable Score test) {}

    /// The named model and its checkpoint.
    public record Best(NodeId node, Score validation, @Nullable Score test, Checkpoint checkpoint) {}
}
