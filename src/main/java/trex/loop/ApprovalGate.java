package trex.loop;

import trex.model.Node;
import trex.model.Verdict;

/// Asks the person.
public interface ApprovalGate {
    /// Waits for the answer to a proposed node.
    ///
    /// @param estimatedSeconds expected cost, or NaN where nothing is known yet
    Verdict review(Node proposal, double estimatedSeconds) throws InterruptedException;
}
