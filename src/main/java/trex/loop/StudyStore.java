package trex.loop;

import java.util.List;
import org.jspecify.annotations.Nullable;
import trex.model.Choice;
import trex.model.ExperimentTree;
import trex.model.Insight;
import trex.model.Mission;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Prepared;
import trex.model.Run;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.Score;
import trex.model.Strategy;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.StudyResult;
import trex.model.StudySettings;
import trex.model.StudyState;

/// Keeps studies. Every call returns only after its change is on disk. Thread-safe.
///
/// @throws UnknownStudy (unchecked, from any method) for an id that was never created
/// @throws StoreFailure (unchecked, from any method) when the disk or the database refuses
public interface StudyStore extends AutoCloseable {
    StudyId create(Mission mission, StudySettings settings);

    List<Study> studies();

    Study study(StudyId id);

    ExperimentTree tree(StudyId id);

    void settings(StudyId id, StudySettings settings);

    void state(StudyId id, StudyState state);

    void prepared(StudyId id, Prepared prepared);

    void finished(StudyId id, StudyResult result);

    /// Adds seconds to what the study has spent beside its runs, whose cost [#end] adds.
    void spend(StudyId id, double seconds);

    /// Sets what is reserved for runs in flight.
    ///
    /// @param disk bytes, beside those that the runs' folders hold already
    void reserve(StudyId id, double seconds, double tokens, double disk);

    /// Sets how many bytes the folders of all runs hold.
    void holds(StudyId id, long bytes);

    /// Opens the next node in state [NodeState#PROPOSED].
    default NodeId open(StudyId id, @Nullable NodeId parent, Strategy strategy, @Nullable Choice choice) {
        return open(id, parent, strategy, choice, null);
    }

    /// The same where this proposal grants the wish to grow from a node: the wish is forgotten at
    /// once, unless another one has replaced it.
    NodeId open(StudyId id, @Nullable NodeId parent, Strategy strategy, @Nullable Choice choice, @Nullable NodeId boosted);

    /// Replaces the strategy of a proposed node by the one the person approved and queues it.
    void approve(StudyId id, NodeId node, Strategy strategy);

    /// @throws NodeAlreadyClosed (unchecked) if the node is final
    void reject(StudyId id, NodeId node, String reason);

    /// Records a run before it starts and marks its node as running. A closed node keeps its state:
    /// repeats and measurements at the end of a study belong to nodes that are closed.
    void begin(StudyId id, Run run);

    /// Records how a run ended, adds its cost to what the study has spent, and releases what was
    /// reserved, all at once. An outcome is never rewritten: a second one is ignored.
    void end(StudyId id, RunId run, RunOutcome outcome);

    /// Closes a node. Closed is closed.
    ///
    /// @throws NodeAlreadyClosed (unchecked) if the node is final
    void close(StudyId id, NodeId node, NodeState state, @Nullable Score score, String note);

    void prune(StudyId id, NodeId node, boolean pruned);

    /// The person wishes that the next proposal departs from this node; replaces an earlier wish.
    void boost(StudyId id, NodeId node);

    /// The person wishes that no further round is begun.
    void endSearch(StudyId id);

    /// The person's wishes that are not granted yet.
    Wishing wishes(StudyId id);

    /// Keeps one point of a training's validation curve; of several at one step the first stands.
    void keep(StudyId id, Reading reading);

    /// All validation curves, each in the order of its steps.
    List<Reading> readings(StudyId id);

    /// Replaces the insights.
    void insights(StudyId id, List<Insight> insights);

    /// Appends a line to the study's journal: approvals, openings of the test split, faults.
    void journal(StudyId id, String line);

    /// The journal, oldest first.
    List<JournalLine> journal(StudyId id);

    @Override
    void close();

    /// Wishes that a killed loop leaves to the next one.
    ///
    /// @param boosted the node that shall grow next, or null
    /// @param searchEnded whether no further round shall be begun
    record Wishing(@Nullable NodeId boosted, boolean searchEnded) {}

    /// The validation split was measured in the course of a training.
    ///
    /// @param step optimizer steps done by then, at least 1
    /// @param steps of the whole training, at least `step`
    record Reading(RunId run, int step, int steps, Score score) {
        public Reading {
            if (step < 1 || step > steps) {
                throw new IllegalArgumentException("run " + run + ": step must be 1.." + steps + ", got " + step);
            }
        }
    }

    /// One line of the journal.
    record JournalLine(java.time.Instant at, String text) {}

    /// An id that was never created.
    final class UnknownStudy extends RuntimeException {
        private static final long serialVersionUID = 1;

        public UnknownStudy(StudyId id) {
            super("no study \"" + id + "\" here");
        }
    }

    /// A second ending for a node.
    final class NodeAlreadyClosed extends RuntimeException {
        private static final long serialVersionUID = 1;

        public NodeAlreadyClosed(NodeId node, NodeState state) {
            super("node " + node + " is already " + state.name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    /// The disk or the database refuses; the message is a sentence for the person.
    final class StoreFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        public StoreFailure(String message) {
            super(message);
        }

        public StoreFailure(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
