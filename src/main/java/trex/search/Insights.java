package trex.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import trex.model.Direction;
import trex.model.ExperimentTree;
import trex.model.Insight;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Recipe;
import trex.model.Score;

/// Lessons measured on a tree: for each kind of move the difference that it made, with its interval
/// of two standard errors. A lesson is kept while the interval excludes 0.
///
/// Pairs are a node and its parent, and a draft and the first draft, where they differ in at most
/// three fields. Every move of a pair gets the whole difference: that is coarse, and evens out as
/// pairs with different companions come in.
public final class Insights {
    private static final int MOST_MOVES = 3;

    private Insights() {}

    /// All lessons of the tree, the clearest first.
    public static List<Insight> from(ExperimentTree tree) {
        Map<Move, List<Pair>> pairs = new LinkedHashMap<>();
        for (Node node : tree.nodes()) {
            pair(tree, node).ifPresent(pair -> pair.moves()
                    .forEach(move -> pairs.computeIfAbsent(move, _ -> new ArrayList<>()).add(pair)));
        }
        return pairs.entrySet().stream()
                .map(e -> Lesson.of(e.getKey(), e.getValue()))
                .filter(Lesson::isClear)
                .sorted(java.util.Comparator.comparingDouble(Lesson::clarity).reversed())
                .map(Lesson::insight)
                .toList();
    }

    private static Optional<Pair> pair(ExperimentTree tree, Node node) {
        Node other = counterpart(tree, node);
        if (other == null || other.equals(node)) {
            return Optional.empty();
        }
        Recipe before = Lineage.recipe(other);
        Recipe after = Lineage.recipe(node);
        if (before == null || after == null || node.state() != NodeState.COMPLETED || other.state() != NodeState.COMPLETED) {
            return Optional.empty();
        }
        List<Move> moves = Move.between(before, after);
        return moves.isEmpty() || moves.size() > MOST_MOVES
                ? Optional.empty()
                : Optional.of(new Pair(other, node, moves));
    }

    /// What a node is compared with: its parent, the first completed draft for a draft.
    private static @Nullable Node counterpart(ExperimentTree tree, Node node) {
        NodeId parent = node.parent();
        if (parent == null) {
            return null;
        }
        return parent.equals(NodeId.BASELINE)
                ? tree.children(parent).stream().filter(n -> n.state() == NodeState.COMPLETED).findFirst().orElse(null)
                : tree.node(parent);
    }

    /// Two completed nodes and the moves from the one to the other.
    private record Pair(Node before, Node after, List<Move> moves) {
        /// How much better `after` is, in the metric's unit.
        double gain() {
            double risen = Eligible.score(after).value() - Eligible.score(before).value();
            return Eligible.score(after).metric().better() == Direction.HIGHER ? risen : -risen;
        }

        /// Of the difference of independent samples: an upper bound, both saw the same examples.
        double variance() {
            Score a = Eligible.score(after);
            Score b = Eligible.score(before);
            return a.standardError() * a.standardError() + b.standardError() * b.standardError();
        }
    }

    /// What a move did on average.
    ///
    /// @param gain mean gain, above 0 is better
    /// @param error its standard error
    record Lesson(Move move, double gain, double error, List<NodeId> nodes, int pairs, String metric) {
        private static Lesson of(Move move, List<Pair> pairs) {
            int n = pairs.size();
            double gain = pairs.stream().mapToDouble(Pair::gain).average().orElseThrow();
            double measured = pairs.stream().mapToDouble(Pair::variance).average().orElseThrow() / n;
            double scattered = n < 2 ? 0
                    : pairs.stream().mapToDouble(p -> (p.gain() - gain) * (p.gain() - gain)).sum() / (n - 1) / n;
            TreeSet<NodeId> nodes = new TreeSet<>();
            pairs.forEach(p -> nodes.addAll(List.of(p.before().id(), p.after().id())));
            return new Lesson(move, gain, Math.sqrt(Math.max(measured, scattered)), List.copyOf(nodes), n,
                    Eligible.score(pairs.getFirst().after()).metric().id());
        }

        boolean isClear() {
            return Math.abs(gain) > 2 * error;
        }

        double clarity() {
            return Math.abs(gain) / Math.max(error, 1e-12);
        }

        Insight insight() {
            String gerund = move.gerund();
            String text = String.format(Locale.ROOT, "%s%s %s %s by %.3f ± %.3f (%d %s)",
                    Character.toUpperCase(gerund.charAt(0)), gerund.substring(1), gain > 0 ? "improved" : "worsened",
                    metric, Math.abs(gain), 2 * error, pairs, pairs == 1 ? "pair" : "pairs");
            return new Insight(text, nodes);
        }
    }
}
