package trex.search;

import trex.model.Choice;
import trex.model.ExperimentTree;

/// Chooses the node to grow from.
public interface SearchPolicy {
    /// The name in settings and files, for example `rank-puct`.
    String id();

    /// The node whose child comes next, and why. Never a node in a pruned subtree, never one
    /// without a score; the baseline where nothing else is eligible.
    Choice select(ExperimentTree tree);

    /// How it wants proposals to be made.
    default Proposing proposing() {
        return Proposing.DEFAULT;
    }
}
