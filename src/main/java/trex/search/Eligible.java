package trex.search;

import java.util.Comparator;
import java.util.List;
import trex.model.Choice;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Rounded;
import trex.model.Score;

/// Which nodes may be grown from, and the choice that remains where there is none.
final class Eligible {
    private Eligible() {}

    /// Completed nodes outside pruned subtrees, in order of their numbers.
    static List<Node> nodes(ExperimentTree tree) {
        return tree.nodes().stream()
                .filter(n -> n.state() == NodeState.COMPLETED && !tree.isPruned(n.id()))
                .toList();
    }

    /// The score of a completed node.
    static Score score(Node node) {
        Score score = node.score();
        if (score == null) {
            throw new IllegalArgumentException("node " + node.id() + " has no score");
        }
        return score;
    }

    /// Children that were tried or are on their way.
    static List<Node> tried(ExperimentTree tree, NodeId parent) {
        return tree.children(parent).stream().filter(n -> !n.state().isDeclined()).toList();
    }

    /// Completed children outside pruned subtrees.
    static List<Node> live(ExperimentTree tree, NodeId parent) {
        return tree.children(parent).stream()
                .filter(n -> n.state() == NodeState.COMPLETED && !tree.isPruned(n.id()))
                .toList();
    }

    static Choice baselineOnly() {
        return new Choice(NodeId.BASELINE, "nothing else can be grown from yet", List.of());
    }

    /// The candidate with the highest index, the higher value at a tie, then the earlier node;
    /// and all candidates in that order.
    static Choice best(List<Choice.Candidate> candidates, String rule) {
        List<Choice.Candidate> ordered = candidates.stream()
                .sorted(Comparator.comparingDouble(Choice.Candidate::index)
                        .thenComparingDouble(Choice.Candidate::value)
                        .reversed()
                        .thenComparing(Choice.Candidate::node))
                .toList();
        Choice.Candidate first = ordered.getFirst();
        String reason = String.format(
                java.util.Locale.ROOT,
                "%s: %s has the highest index of %d, %s = value %s + bonus %s at %d %s",
                rule, first.node(), ordered.size(), three(first.index()), three(first.value()), three(first.bonus()),
                first.visits(), first.visits() == 1 ? "visit" : "visits");
        return new Choice(first.node(), reason, ordered);
    }

    private static String three(double value) {
        return Rounded.of(value, 3);
    }
}
