package trex.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Score;

/// What a proposal below a node should remember (arXiv 2604.14116): where it comes from, what was
/// tried beside it, and what mattered elsewhere.
///
/// @param path from the baseline down to the node, both included: P(v)
/// @param siblings what was proposed below the node before: S(v)
/// @param critical marked gains and failures of the rest of the tree, the latest first: C(T)
public record MemoryContext(List<Node> path, List<Node> siblings, List<Node> critical) {
    /// Most critical nodes that are remembered.
    public static final int MOST_CRITICAL = 8;

    public MemoryContext {
        path = List.copyOf(path);
        siblings = List.copyOf(siblings);
        critical = List.copyOf(critical);
    }

    /// @param id the node that a proposal departs from
    public static MemoryContext of(ExperimentTree tree, NodeId id) {
        List<Node> path = tree.path(id);
        List<Node> siblings = tree.children(id);
        List<Node> known = new ArrayList<>(path);
        known.addAll(siblings);
        List<Node> critical = tree.nodes().reversed().stream()
                .filter(n -> !known.contains(n) && isCritical(tree, n))
                .limit(MOST_CRITICAL)
                .toList();
        return new MemoryContext(path, siblings, critical);
    }

    /// Failed, rejected with a reason, or clearly better or worse than its parent.
    private static boolean isCritical(ExperimentTree tree, Node node) {
        NodeId parent = node.parent();
        if (parent == null) {
            return false;
        }
        return switch (node.state()) {
            case FAILED -> true;
            case REJECTED -> !node.note().isBlank();
            case COMPLETED -> stoodOut(Objects.requireNonNull(node.score()), tree.node(parent));
            case PROPOSED, QUEUED, RUNNING, SKIPPED -> false;
        };
    }

    private static boolean stoodOut(Score score, Node parent) {
        Score before = parent.score();
        return parent.state() == NodeState.COMPLETED && before != null && !score.withinNoiseOf(before);
    }
}
