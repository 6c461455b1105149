package trex.loop;

import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.Spending;
import trex.model.StudyResult;
import trex.model.StudyState;

/// What a study says while it goes on. Events of one study come in order, from one thread at a time.
public sealed interface StudyEvent {
    /// A node was opened, changed its state, was scored, pruned or restored.
    record TreeChanged(ExperimentTree tree) implements StudyEvent {}

    /// A run of a node said something.
    record RunProgress(RunId run, RunEvent event) implements StudyEvent {}

    record StateChanged(StudyState state) implements StudyEvent {}

    /// A node waits for the person's verdict.
    record AwaitingVerdict(Node proposal, double estimatedSeconds) implements StudyEvent {}

    record SpendingChanged(Spending spending) implements StudyEvent {}

    /// A sentence for the log.
    record Message(Level level, String text) implements StudyEvent {}

    /// The test split was opened and the result stands.
    record Finished(StudyResult result) implements StudyEvent {}

    /// How much a message matters.
    enum Level {
        INFO,
        WARNING,
        ERROR
    }
}
