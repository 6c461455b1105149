package trex.gui.text;

import javafx.beans.value.ObservableValue;
import javafx.scene.Node;

/// What is not to be seen takes no room either.
public final class Visibility {
    private Visibility() {}

    public static void showWhile(Node node, ObservableValue<Boolean> when) {
        node.visibleProperty().bind(when);
        node.managedProperty().bind(when);
    }

    public static void showIf(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }
}
