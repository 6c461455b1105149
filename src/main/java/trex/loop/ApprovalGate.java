package trex.loop;

import java.util.Optional;
import trex.model.Node;
import trex.model.Verdict;

/// Asks the person.
public interface ApprovalGate {
    /// Waits for the answer to a proposed node.
    ///
    /// @param estimatedSeconds expected cost, or NaN where nothing is known yet
    /// @return empty if the proposal should be shown again later: something else comes first
    Optional<Verdict> review(Node proposal, double estimatedSeconds) throws InterruptedException;
}
