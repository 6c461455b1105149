package trex.gui.inspector;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import trex.gui.text.Texts;

/// A value to choose, with what it means where its name does not say so.
final class ChoiceCell extends ListCell<String> {
    private static final double NAME_WIDTH = 130;

    private final String field;
    private final Texts texts;

    ChoiceCell(String field, Texts texts) {
        this.field = field;
        this.texts = texts;
    }

    @Override
    protected void updateItem(String value, boolean empty) {
        super.updateItem(value, empty);
        setText(null);
        setGraphic(empty || value == null ? null : line(value));
    }

    private HBox line(String value) {
        Label name = new Label(value);
        Label hint = new Label(texts.find("choice." + field + "." + value).orElse(""));
        hint.getStyleClass().add("hint");
        name.setMinWidth(hint.getText().isEmpty() ? USE_PREF_SIZE : NAME_WIDTH);
        HBox line = new HBox(10, name, hint);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }
}
