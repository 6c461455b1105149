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
import trex.model.Score;

/// The search tree as indented lines, one a node: number, state, score ± standard error, what it tries.
final class TreeLines {
    private final Mission mission;

    TreeLines(Mission mission) {
        this.mission = mission;
    }

    /// At most `most` lines. Where the tree has more nodes, the best, the open and the newest stay,
    /// each with its path from the baseline as far as there is room.
    List<String> of(ExperimentTree tree, int most) {
        if (tree.isEmpty()) {
            return List.of();
        }
        Set<NodeId> shown = shown(tree, most);
        List<String> lines = new ArrayList<>();
        draw(tree, tree.baseline(), "", "", shown, lines);
        int hidden = tree.nodes().size() - shown.size();
        if (hidden > 0) {
            lines.add("   … and " + hidden + " more");
        }
        return lines;
    }

    private Set<NodeId> shown(ExperimentTree tree, int most) {
        Set<NodeId> shown = new HashSet<>();
        if (tree.nodes().size() <= most) {
            tree.nodes().forEach(node -> shown.add(node.id()));
            return shown;
        }
        int room = Math.max(1, most - 1);
        shown.add(NodeId.BASELINE);
        tree.best().ifPresent(best -> addWithPath(tree, best, room, shown));
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

    private void draw(
            ExperimentTree tree, Node node, String stem, String indent, Set<NodeId> shown, List<String> lines) {
        lines.add(stem + line(tree, node));
        List<Node> children = tree.children(node.id()).stream().filter(n -> shown.contains(n.id())).toList();
        for (int i = 0; i < children.size(); i++) {
            boolean last = i == children.size() - 1;
            draw(tree, children.get(i), indent + (last ? "└─ " : "├─ "), indent + (last ? "   " : "│  "), shown, lines);
        }
    }

    private String line(ExperimentTree tree, Node node) {
        @Nullable Score score = node.score();
        boolean best = tree.best().filter(node::equals).isPresent() && !node.id().equals(NodeId.BASELINE);
        return node.id() + " " + Wording.word(node.state())
                + (tree.isPruned(node.id()) ? " (pruned)" : "")
                + (score == null ? "" : "  " + Wording.measured(node) + (best ? " ★" : ""))
                + "  " + Wording.attempt(tree, node, mission)
                + (node.note().isEmpty() ? "" : "  – " + node.note());
    }
}
