package trex.search;

import trex.model.Choice;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;

/// The person's wish ahead of a policy: grow from this node. A node that cannot be grown from (any
/// more) leaves the choice to the policy.
public record Boosted(NodeId wanted, SearchPolicy then) implements SearchPolicy {
    @Override
    public String id() {
        return then.id();
    }

    @Override
    public Proposing proposing() {
        return then.proposing();
    }

    @Override
    public Choice select(ExperimentTree tree) {
        Choice own = then.select(tree);
        return isPossible(tree, wanted)
                ? new Choice(wanted, "boosted by the person; the policy would have grown " + own.node(), own.candidates())
                : own;
    }

    /// Whether a node can be grown from: completed, and in no pruned subtree.
    public static boolean isPossible(ExperimentTree tree, NodeId id) {
        if (id.value() >= tree.nodes().size()) {
            return false;
        }
        Node node = tree.node(id);
        return node.state() == NodeState.COMPLETED && !tree.isPruned(id);
    }
}
