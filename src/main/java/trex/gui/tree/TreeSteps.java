package trex.gui.tree;

import javafx.scene.input.KeyCode;

/// Where an arrow key leads from a node.
final class TreeSteps {
    private TreeSteps() {}

    /// Left to the parent, right to the first child, up and down to the nearest card of the same
    /// column, home to the baseline; the same node where there is none.
    static int from(TreeLayout layout, int node, KeyCode key) {
        return switch (key) {
            case LEFT -> Math.max(layout.parent[node], 0);
            case RIGHT -> layout.children[node].length > 0 ? layout.children[node][0] : node;
            case UP -> nearest(layout, node, -1);
            case DOWN -> nearest(layout, node, 1);
            case HOME -> 0;
            default -> node;
        };
    }

    private static int nearest(TreeLayout layout, int node, int direction) {
        int found = node;
        double distance = Double.POSITIVE_INFINITY;
        for (int i = 0; i < layout.size(); i++) {
            double away = (layout.y[i] - layout.y[node]) * direction;
            if (layout.x[i] == layout.x[node] && away > 0 && away < distance) {
                distance = away;
                found = i;
            }
        }
        return found;
    }
}
