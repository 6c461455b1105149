package trex.model;

import org.jspecify.annotations.Nullable;

/// How a run ended. A failed run is a result, not an exception.
public sealed interface RunOutcome {
    RunCost cost();

    /// @param checkpoint the best checkpoint; null after a mere measurement
    record Completed(Score score, @Nullable Checkpoint checkpoint, RunCost cost) implements RunOutcome {}

    /// Stopped early because it was hopeless.
    record Pruned(int step, String reason, RunCost cost) implements RunOutcome {}

    /// Stopped by the person; its checkpoint lies in the job folder.
    record Stopped(int step, RunCost cost) implements RunOutcome {}

    /// @param phase what it was doing, as in "failed while training"
    record Failed(FailureKind kind, String phase, String message, RunCost cost) implements RunOutcome {}
}
