package trex.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An immutable snapshot of a study's nodes and insights; read by policies, Researchers and views.
///
/// @param nodes in order of their numbers, which run from 0 without a gap
public record ExperimentTree(List<Node> nodes, List<Insight> insights) {
    public static final ExperimentTree EMPTY = new ExperimentTree(List.of(), List.of());

    public ExperimentTree {
        nodes = List.copyOf(nodes);
        insights = List.copyOf(insights);
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).id().value() != i) {
                throw new IllegalArgumentException("node " + nodes.get(i).id() + " stands at place " + i);
            }
        }
    }

    /// @throws IllegalArgumentException for a number that the tree does not have
    public Node node(NodeId id) {
        if (id.value() >= nodes.size()) {
            throw new IllegalArgumentException("no node " + id + " in a tree of " + nodes.size());
        }
        return nodes.get(id.value());
    }

    public boolean isEmpty() {
        return nodes.isEmpty();
    }

    public Node baseline() {
        return node(NodeId.BASELINE);
    }

    public List<Node> children(NodeId id) {
        return nodes.stream().filter(n -> id.equals(n.parent())).toList();
    }

    /// From the baseline down to `id`, both included: P(v) in the paper.
    public List<Node> path(NodeId id) {
        List<Node> up = new ArrayList<>();
        for (NodeId at = id; at != null; at = node(at).parent()) {
            up.add(node(at));
        }
        return up.reversed();
    }

    /// The recipe that a child of this node departs from: its best finished variant, else its first;
    /// empty for the baseline, whose children depart from the mission's own recipe.
    public Optional<Recipe> recipe(NodeId id) {
        Node node = node(id);
        Run best = node.bestRun();
        if (best != null && best.work() instanceof Work.Train(Recipe recipe)) {
            return Optional.of(recipe);
        }
        return node.strategy().variants().stream().findFirst();
    }

    /// Whether the node or one above it was pruned by the person.
    public boolean isPruned(NodeId id) {
        return path(id).stream().anyMatch(Node::pruned);
    }

    /// The completed node with the best validation score; the earlier one at a tie. Pruned
    /// subtrees count too: pruning ends a search, it does not undo a result.
    public Optional<Node> best() {
        Node best = null;
        for (Node node : nodes) {
            Score score = node.score();
            if (node.state() == NodeState.COMPLETED && score != null
                    && (best == null || best.score() == null || score.beats(best.score()))) {
                best = node;
            }
        }
        return Optional.ofNullable(best);
    }

    /// The node that a finished study has named, of which another seed may have spoken too; without a
    /// named one, [#best()].
    public Optional<Node> best(@Nullable StudyResult result) {
        StudyResult.Best named = result == null ? null : result.best();
        return named == null ? best() : Optional.of(node(named.node()));
    }

    /// Of the seconds that the runs took, those that were taken over from earlier runs.
    public double takenOverSeconds() {
        return nodes.stream().flatMap(node -> node.runs().stream())
                .flatMap(run -> Stream.ofNullable(run.outcome()))
                .filter(outcome -> outcome.cost().takenOver())
                .mapToDouble(outcome -> outcome.cost().seconds())
                .sum();
    }

    /// Why there is no best model: what the first round that came to nothing says; nothing where a
    /// round was completed, or none was carried out.
    public Optional<String> whyNothingCame() {
        return rounds().completed() > 0 ? Optional.empty() : nodes.stream()
                .filter(node -> node.state() == NodeState.FAILED && node.parent() != null)
                .findFirst()
                .map(node -> node.id() + " " + node.note());
    }

    public RoundCount rounds() {
        return RoundCount.of(this);
    }

    public int count(NodeState state) {
        return (int) nodes.stream().filter(n -> n.state() == state).count();
    }
}
