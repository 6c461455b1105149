package trex.report;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import trex.model.ExperimentTree;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeId;

/// The search tree as SVG: one row a depth, one column a leaf, parents above the middle of their
/// children.
final class TreeDrawing {
    private static final int CARD_WIDTH = 104;
    private static final int CARD_HEIGHT = 44;
    private static final int COLUMN = 116;
    private static final int ROW = 78;
    private static final int EDGE = 8;

    private final ExperimentTree tree;
    private final Mission mission;
    private final @Nullable Node best;
    private final Map<NodeId, List<Node>> children = new HashMap<>();
    private final Map<NodeId, Place> places = new HashMap<>();
    private int leaves;
    private int depth;

    /// Upper left corner of a card.
    private record Place(double x, double y) {}

    /// @param best the node that stands out, or null
    TreeDrawing(ExperimentTree tree, Mission mission, @Nullable Node best) {
        this.tree = tree;
        this.mission = mission;
        this.best = best;
        for (Node node : tree.nodes()) {
            children.put(node.id(), tree.children(node.id()));
        }
        place();
    }

    /// Children have higher numbers than their parents, so that two passes over the numbers do what
    /// a recursion would, on any depth.
    private void place() {
        Map<NodeId, Integer> depths = new HashMap<>();
        for (Node node : tree.nodes()) {
            NodeId parent = node.parent();
            int own = parent == null ? 0 : depths.getOrDefault(parent, 0) + 1;
            depths.put(node.id(), own);
            depth = Math.max(depth, own);
        }
        Map<NodeId, Integer> widths = new HashMap<>();
        for (Node node : tree.nodes().reversed()) {
            int width = childrenOf(node).stream().mapToInt(c -> widths.getOrDefault(c.id(), 1)).sum();
            widths.put(node.id(), Math.max(1, width));
        }
        Map<NodeId, Integer> firstColumn = new HashMap<>();
        for (Node node : tree.nodes()) {
            int first = firstColumn.getOrDefault(node.id(), 0);
            int width = widths.getOrDefault(node.id(), 1);
            double middle = first + (width - 1) / 2.0;
            places.put(node.id(), new Place(EDGE + middle * COLUMN, EDGE + depths.getOrDefault(node.id(), 0) * ROW));
            for (Node child : childrenOf(node)) {
                firstColumn.put(child.id(), first);
                first += widths.getOrDefault(child.id(), 1);
            }
            leaves = Math.max(leaves, width);
        }
    }

    private List<Node> childrenOf(Node node) {
        return children.getOrDefault(node.id(), List.of());
    }

    void draw(Markup page) {
        int width = 2 * EDGE + (Math.max(1, leaves) - 1) * COLUMN + CARD_WIDTH;
        int height = 2 * EDGE + depth * ROW + CARD_HEIGHT;
        page.open("svg", "xmlns", "http://www.w3.org/2000/svg", "class", "tree", "width", "" + width, "height",
                "" + height, "viewBox", "0 0 " + width + " " + height, "role", "img", "aria-label",
                "search tree of " + tree.nodes().size() + " nodes");
        tree.nodes().forEach(node -> line(page, node));
        tree.nodes().forEach(node -> card(page, node));
        page.close();
    }

    private void line(Markup page, Node node) {
        NodeId parent = node.parent();
        Place to = places.get(node.id());
        Place from = parent == null ? null : places.get(parent);
        if (from == null || to == null) {
            return;
        }
        double x1 = from.x + CARD_WIDTH / 2.0;
        double y1 = from.y + CARD_HEIGHT;
        double x2 = to.x + CARD_WIDTH / 2.0;
        double bend = (y1 + to.y) / 2;
        page.empty("path", "class", "edge", "d", String.format(Locale.ROOT, "M%.1f %.1f C%.1f %.1f %.1f %.1f %.1f %.1f",
                x1, y1, x1, bend, x2, bend, x2, to.y));
    }

    private void card(Markup page, Node node) {
        Place place = places.get(node.id());
        if (place == null) {
            return;
        }
        boolean isBest = node.equals(best);
        String kind = "card " + node.state().name().toLowerCase(Locale.ROOT) + (isBest ? " best" : "")
                + (tree.isPruned(node.id()) ? " pruned" : "");
        page.open("a", "href", "#node-" + node.id().value());
        page.open("g", "class", kind, "transform", String.format(Locale.ROOT, "translate(%.1f %.1f)", place.x, place.y));
        page.leaf("title", title(node));
        page.empty("rect", "width", "" + CARD_WIDTH, "height", "" + CARD_HEIGHT, "rx", "6");
        page.leaf("text", node.id() + (isBest ? " ★" : ""), "x", "8", "y", "17", "class", "number");
        var score = node.score();
        page.leaf("text", score == null ? Phrases.word(node.state())
                : String.format(Locale.ROOT, "%.3f ± %.3f", score.value(), score.standardError()), "x", "8", "y", "34");
        page.close().close();
    }

    private String title(Node node) {
        List<String> differences = Phrases.differences(tree, node, mission);
        return node.id() + " " + Phrases.word(node.state()) + ": " + node.strategy().hypothesis()
                + (differences.isEmpty() ? "" : " (" + String.join(" | ", differences) + ")");
    }
}
