package trex.model;

import java.util.List;

/// Why a policy chose a node: shown on screen.
///
/// @param node the chosen one
/// @param reason in a sentence
/// @param candidates all that were weighed, best first
public record Choice(NodeId node, String reason, List<Candidate> candidates) {
    public Choice {
        candidates = List.copyOf(candidates);
    }

    /// A node as the policy saw it: its index is `value + bonus`.
    ///
    /// @param visits finished children and children in flight
    public record Candidate(NodeId node, int visits, double value, double bonus) {
        public double index() {
            return value + bonus;
        }
    }
}
