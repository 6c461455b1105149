package trex.gui.inspector;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import trex.model.FieldChange;

/// The recipe as its difference from the parent's: one line a changed field.
final class ChangeTable {
    private static final double NAME_WIDTH = 118;

    private ChangeTable() {}

    /// @param none what to say where nothing differs
    static List<Node> of(List<FieldChange> changes, String none) {
        if (changes.isEmpty()) {
            Label label = new Label(none);
            label.getStyleClass().add("hint");
            return List.of(label);
        }
        return changes.stream().map(ChangeTable::row).toList();
    }

    private static Node row(FieldChange change) {
        Label name = label(change.field(), "field-name");
        name.setMinWidth(NAME_WIDTH);
        Label from = label(change.from().isEmpty() ? "–" : change.from(), "old-value");
        Label arrow = label("→", "hint");
        Label to = label(change.to().isEmpty() ? "–" : change.to(), "new-value");
        HBox row = new HBox(8, name, from, arrow, to);
        HBox.setHgrow(to, Priority.ALWAYS);
        row.getStyleClass().add("change-row");
        row.setAccessibleText(change.toString());
        return row;
    }

    private static Label label(String text, String style) {
        Label label = new Label(text);
        label.getStyleClass().add(style);
        return label;
    }
}
