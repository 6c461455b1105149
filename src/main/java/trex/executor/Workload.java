package trex.executor;

import java.io.IOException;
import trex.model.RunOutcome;

/// The work itself, apart from the process around it.
@FunctionalInterface
interface Workload {
    /// Does the work to its end, or to the step at which [Assignment#mustStop()] became true: then
    /// it keeps a checkpoint and returns [RunOutcome.Stopped]. A job that was begun before goes on
    /// from [Checkpoints#newest()] and must reach the same bits.
    ///
    /// @throws WorkFailed for a fault of the world, with a sentence for the person
    /// @throws IOException where the job folder's disk refuses
    RunOutcome carryOut(Assignment assignment) throws WorkFailed, IOException, InterruptedException;
}
