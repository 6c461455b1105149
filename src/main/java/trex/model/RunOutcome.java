package trex.model;

import org.jspecify.annotations.Nullable;

/// How a run ended. A failed run is a result, not an exception.
public sealed interface RunOutcome {
    RunCost cost();

    default RunOutcome withCost(RunCost changed) {
        return switch (this) {
            case Completed(var score, var checkpoint, _) -> new Completed(score, checkpoint, changed);
            case Pruned(int step, var reason, _) -> new Pruned(step, reason, changed);
            case Stopped(int step, _) -> new Stopped(step, changed);
            case Failed(var kind, var phase, var message, _) -> new Failed(kind, phase, message, changed);
        };
    }

    /// @param checkpoint the best checkpoint; null after a mere measurement
    record Completed(Score score, @Nullable Checkpoint checkpoint, RunCost cost) implements RunOutcome {}

    /// Stopped early because it was hopeless.
    record Pruned(int step, String reason, RunCost cost) implements RunOutcome {}

    /// Stopped by the person; its checkpoint lies in the job folder.
    record Stopped(int step, RunCost cost) implements RunOutcome {}

    /// @param phase what it was doing, as in "failed while training"
    record Failed(FailureKind kind, String phase, String message, RunCost cost) implements RunOutcome {}
}
