package trex.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import trex.model.ExperimentTree;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.StudyResult;

/// The search tree as indented lines, one a node: number, state, score ± standard error, what it tries.
final class TreeLines {
    private final Mission mission;

    TreeLines(Mission mission) {
        this.mission = mission;
    }

    /// At most `most` lines. Where the tree has more nodes, the best, the open and the newest stay,
    /// each with its path from the baseline as far as there is room.
    ///
    /// @param result null until the study is finished
    List<String> of(ExperimentTree tree, @Nullable StudyResult result, int most) {
        if (tree.isEmpty()) {
            return List.of();
        }
        Node best = tree.best(result).orElse(null);
        Drawing drawing = new Drawing(tree, best, shown(tree, best, most), new ArrayList<>());
        draw(drawing, tree.baseline(), "", "");
        int hidden = tree.nodes().size() - drawing.shown().size();
        if (hidden > 0) {
            drawing.lines().add("   … and " + hidden + " more");
        }
        return drawing.lines();
    }

    private static Set<NodeId> shown(ExperimentTree tree, @Nullable Node best, int most) {
        Set<NodeId> shown = new HashSet<>();
        if (tree.nodes().size() <= most) {
            tree.nodes().forEach(node -> shown.add(node.id()));
            return shown;
        }
        int room = Math.max(1, most - 1);
        shown.add(NodeId.BASELINE);
        if (best != null) {
            addWithPath(tree, best, room, shown);
        }
        tree.nodes().stream().filter(n -> !n.state().isFinal()).forEach(n -> addWithPath(tree, n, room, shown));
        tree.nodes().reversed().forEach(n -> addWithPath(tree, n, room, shown));
        return shown;
    }

    private static void addWithPath(ExperimentTree tree, Node node, int room, Set<NodeId> shown) {
        List<NodeId> missing = tree.path(node.id()).stream().map(Node::id).filter(id -> !shown.contains(id)).toList();
        if (shown.size() + missing.size() <= room) {
            shown.addAll(missing);
        }
    }

    private void draw(Drawing drawing, Node node, String stem, String indent) {
        drawing.lines().add(stem + line(drawing, node));
        List<Node> children = drawing.tree().children(node.id()).stream()
                .filter(n -> drawing.shown().contains(n.id())).toList();
        for (int i = 0; i < children.size(); i++) {
            boolean last = i == children.size() - 1;
            draw(drawing, children.get(i), indent + (last ? "└─ " : "├─ "), indent + (last ? "   " : "│  "));
        }
    }

    private String line(Drawing drawing, Node node) {
        boolean best = node.equals(drawing.best()) && !node.id().equals(NodeId.BASELINE);
        return node.id() + " " + Wording.word(node.state())
                + (drawing.tree().isPruned(node.id()) ? " (pruned)" : "")
                + (node.score() == null ? "" : "  " + Wording.measured(node) + (best ? " ★" : ""))
                + "  " + Wording.attempt(drawing.tree(), node, mission)
                + (node.note().isEmpty() ? "" : "  – " + node.note());
    }

    private record Drawing(ExperimentTree tree, @Nullable Node best, Set<NodeId> shown, List<String> lines) {}
}
