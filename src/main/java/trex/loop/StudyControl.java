package trex.loop;

import trex.model.NodeId;
import trex.model.Strategy;
import trex.model.StudyId;
import trex.model.StudySettings;
import trex.model.StudyState;
import trex.model.Verdict;

/// A study that goes on, and what the person may do to it. Thread-safe; no method blocks on a run.
public interface StudyControl {
    StudyId id();

    /// Answers the proposal that waits.
    ///
    /// @throws IllegalStateException if `node` does not wait for a verdict
    /// @throws IllegalArgumentException if the mission forbids a value of the strategy; says which
    void decide(NodeId node, Verdict verdict);

    /// Cuts a node and all below it from the search, or takes it back in.
    void prune(NodeId node, boolean pruned);

    /// The next proposal departs from this node, whatever the search policy thinks. A later wish
    /// replaces an earlier one.
    ///
    /// @throws IllegalArgumentException if nothing can grow from `node`: it is not completed, or pruned
    void boost(NodeId node);

    /// Queues the person's own strategy below `parent`; it needs no verdict. With a changed recipe of
    /// `parent` it forks that node.
    ///
    /// @throws IllegalArgumentException if the mission forbids a value of the strategy; says which
    void propose(NodeId parent, Strategy strategy);

    /// What carrying a strategy out would take now, and what would then be left of the budget.
    default Forecast forecast(Strategy strategy) {
        return Forecast.UNKNOWN;
    }

    /// From the next choice on.
    ///
    /// @throws IllegalArgumentException for a policy that there is none of; says which there are
    void change(StudySettings settings);

    /// Ends the study within one step of its run, keeps everything; it can be resumed.
    void stop();

    /// Ends the search now, then measures the test split and names the best model.
    void finish();

    /// Waits until the study's loop has ended and returns the state it left.
    StudyState await() throws InterruptedException;
}
