package trex.gui.outline;

import java.util.function.Function;
import javafx.css.PseudoClass;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeTableCell;
import trex.model.Node;
import trex.model.NodeState;

/// A cell that writes a node as text and wears its state as pseudo-classes.
final class NodeCell extends TreeTableCell<Node, Node> {
    private static final PseudoClass PRUNED = PseudoClass.getPseudoClass("pruned");
    private static final PseudoClass WAITING = PseudoClass.getPseudoClass("waiting");
    private static final PseudoClass RUNNING = PseudoClass.getPseudoClass("running");
    private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");

    private final Function<Node, String> text;
    private final Tooltip whole = new Tooltip();

    NodeCell(Function<Node, String> text) {
        this.text = text;
        getStyleClass().add("node-cell");
    }

    @Override
    protected void updateItem(Node node, boolean empty) {
        super.updateItem(node, empty);
        boolean there = !empty && node != null;
        setText(there ? text.apply(node) : null);
        whole.setText(getText());
        setTooltip(there ? whole : null);
        pseudoClassStateChanged(PRUNED, there && node.pruned());
        pseudoClassStateChanged(WAITING, there && node.state() == NodeState.PROPOSED);
        pseudoClassStateChanged(RUNNING, there && node.state() == NodeState.RUNNING);
        pseudoClassStateChanged(FAILED, there && node.state() == NodeState.FAILED);
    }
}
