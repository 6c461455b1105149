package trex.search;

import trex.model.ExperimentTree;
import trex.model.NodeId;

/// Counts rounds; the baseline is none.
final class Rounds {
    private Rounds() {}

    /// Rounds that ended or are on their way; declined proposals cost nothing and do not count.
    static int tried(ExperimentTree tree) {
        return (int) tree.nodes().stream()
                .filter(n -> !n.id().equals(NodeId.BASELINE) && !n.state().isDeclined())
                .count();
    }
}
