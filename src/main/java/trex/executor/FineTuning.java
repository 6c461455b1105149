package trex.executor;

import trex.model.FailureKind;
import trex.model.RunOutcome;

/// The real work: data recipe, training, evaluation.
final class FineTuning implements Workload {
    @Override
    public RunOutcome carryOut(Assignment assignment) throws WorkFailed {
        throw new WorkFailed(FailureKind.INTERNAL, "This build has no training engine yet");
    }
}
