package trex.loop;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import trex.model.DeviceList;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.StudyId;

/// Carries runs out, each in a process of its own that outlives this one.
public interface RecipeRunner {
    /// Starts the run, or finds it again: a run that is still going is joined from its first
    /// event on, one that has ended yields its outcome, and none is ever executed twice. Only one
    /// that ended as [RunOutcome.Stopped] goes on, from its newest checkpoint; its cost is then
    /// that of all its attempts.
    Running start(RunRequest request, Consumer<RunEvent> progress);

    /// What a run has said so far; nothing for one that is not known here.
    default List<RunEvent> story(StudyId study, RunId run) {
        return List.of();
    }

    /// Where a run that was begun computes, for ever: it goes on there. Empty for one that is not known
    /// here.
    default Optional<DeviceList> devices(StudyId study, RunId run) {
        return Optional.empty();
    }

    /// A run on its way.
    interface Running {
        RunId id();

        /// Waits for the end. An interrupt leaves the run going.
        RunOutcome await() throws InterruptedException;

        /// Asks the run to end at its next step and keep its checkpoint.
        void stop();
    }
}
