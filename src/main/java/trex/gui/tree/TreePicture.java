package trex.gui.tree;

import java.util.ArrayList;
import java.util.List;
import trex.gui.study.Recipes;
import trex.gui.text.Figures;
import org.jspecify.annotations.Nullable;
import trex.model.ExperimentTree;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeState;
import trex.model.Score;
import trex.model.StudyResult;

/// All that the canvas draws of one snapshot of the tree. Immutable; made off the screen's thread.
public final class TreePicture {
    public static final TreePicture EMPTY = new TreePicture(TreeLayout.of(new int[0]), new Card[0], new int[0]);

    private final TreeLayout layout;
    private final Card[] cards;
    private final double[] subtreeShade;
    private final int[] bestPath;

    private TreePicture(TreeLayout layout, Card[] cards, int[] bestPath) {
        this.layout = layout;
        this.cards = cards;
        this.bestPath = bestPath;
        subtreeShade = new double[cards.length];
        for (int i = cards.length - 1; i >= 0; i--) {
            subtreeShade[i] = better(subtreeShade[i], cards[i].shade());
            if (i > 0) {
                int parent = layout.parent[i];
                subtreeShade[parent] = better(subtreeShade[parent], subtreeShade[i]);
            }
        }
    }

    /// @param result null until the study is finished
    public static TreePicture of(ExperimentTree tree, Mission mission, @Nullable StudyResult result) {
        List<Node> nodes = tree.nodes();
        int[] parents = nodes.stream().mapToInt(TreePicture::parent).toArray();
        double[] range = range(nodes);
        int best = tree.best(result).map(n -> n.id().value()).orElse(-1);
        Card[] cards = new Card[nodes.size()];
        for (int i = 0; i < cards.length; i++) {
            Node node = nodes.get(i);
            boolean pruned = node.pruned() || i > 0 && cards[parents[i]].pruned();
            cards[i] = new Card(node.id() + "  " + Recipes.title(tree, node, mission), detail(node),
                    node.strategy().hypothesis(), node.state(), shade(node, range), pruned, i == best);
        }
        return new TreePicture(TreeLayout.of(parents), cards, pathTo(best, parents));
    }

    public int size() {
        return cards.length;
    }

    public TreeLayout layout() {
        return layout;
    }

    Card card(int node) {
        return cards[node];
    }

    /// The shade of the best score in the subtree of `node`.
    double subtreeShade(int node) {
        return subtreeShade[node];
    }

    /// From the root to the best node.
    int[] bestPath() {
        return bestPath;
    }

    /// The text that a screen reader says for `node`.
    String spoken(int node) {
        Card card = cards[node];
        return card.title() + ", " + card.detail() + (card.pruned() ? ", pruned" : "") + (card.best() ? ", best" : "");
    }

    /// What a card has no room for.
    String tip(int node) {
        Card card = cards[node];
        return card.title() + "\n" + card.detail() + "\n" + card.hypothesis();
    }

    private static int parent(Node node) {
        return node.parent() == null ? -1 : node.parent().value();
    }

    private static String detail(Node node) {
        return node.state() == NodeState.COMPLETED ? Figures.measured(node) : Figures.words(node.state());
    }

    private static double[] range(List<Node> nodes) {
        double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (Node node : nodes) {
            if (node.score() != null) {
                range[0] = Math.min(range[0], goodness(node.score()));
                range[1] = Math.max(range[1], goodness(node.score()));
            }
        }
        return range;
    }

    private static double shade(Node node, double[] range) {
        if (node.score() == null || node.state() != NodeState.COMPLETED) {
            return Double.NaN;
        }
        return range[1] > range[0] ? (goodness(node.score()) - range[0]) / (range[1] - range[0]) : 0.5;
    }

    private static double goodness(Score score) {
        return score.metric().better().better(1, 0) ? score.value() : -score.value();
    }

    private static double better(double a, double b) {
        return Double.isNaN(b) ? a : Math.max(a, b);
    }

    private static int[] pathTo(int node, int[] parents) {
        List<Integer> up = new ArrayList<>();
        for (int at = node; at >= 0; at = parents[at]) {
            up.add(at);
        }
        return up.reversed().stream().mapToInt(Integer::intValue).toArray();
    }
}
