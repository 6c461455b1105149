package trex.gui.inspector;

import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.geometry.HPos;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import trex.model.ChoiceField;
import trex.model.NumberField;

/// A row for every recipe field: its name, a control, and under it what is wrong with the value.
public final class RecipeEditor extends GridPane {
    private static final PseudoClass ERROR = PseudoClass.getPseudoClass("invalid");
    private static final PseudoClass CHANGED = PseudoClass.getPseudoClass("changed");

    /// @param editable whether the person may change it
    public RecipeEditor(RecipeEditorViewModel model, boolean editable) {
        setId("recipe-editor");
        getStyleClass().add("recipe-editor");
        ColumnConstraints names = new ColumnConstraints(118);
        names.setHalignment(HPos.LEFT);
        ColumnConstraints values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        values.setFillWidth(true);
        getColumnConstraints().setAll(names, values);
        int row = 0;
        for (FieldViewModel field : model.fields()) {
            addRow(row++, name(field), value(field, editable));
        }
    }

    private static Label name(FieldViewModel field) {
        Label name = new Label(field.field().name());
        name.setTooltip(new Tooltip(field.field().description()));
        name.getStyleClass().add("field-name");
        name.disableProperty().bind(Bindings.not(field.appliesProperty()));
        mark(name, CHANGED, field.changedProperty());
        return name;
    }

    private static VBox value(FieldViewModel field, boolean editable) {
        Control control = switch (field.field()) {
            case NumberField _ -> number(field);
            case ChoiceField choice -> choice(field, choice);
        };
        control.setId("field-" + field.field().name());
        control.setMaxWidth(Double.MAX_VALUE);
        control.setTooltip(new Tooltip(field.field().description()));
        if (editable) {
            control.disableProperty().bind(Bindings.not(field.appliesProperty()));
        } else {
            control.setDisable(true);
        }
        mark(control, CHANGED, field.changedProperty());
        Label error = new Label();
        error.setId("error-" + field.field().name());
        error.getStyleClass().add("error-text");
        error.setWrapText(true);
        error.textProperty().bind(field.errorProperty());
        error.visibleProperty().bind(field.errorProperty().isNotEmpty());
        error.managedProperty().bind(error.visibleProperty());
        mark(control, ERROR, error.visibleProperty());
        return new VBox(2, control, error);
    }

    private static TextField number(FieldViewModel field) {
        TextField text = new TextField();
        text.textProperty().bindBidirectional(field.textProperty());
        return text;
    }

    private static ComboBox<String> choice(FieldViewModel field, ChoiceField choice) {
        ComboBox<String> box = new ComboBox<>();
        box.getItems().setAll(choice.choices());
        field.textProperty().subscribe(text -> box.setValue(text.isEmpty() ? null : text));
        box.valueProperty().addListener((_, _, chosen) -> {
            if (chosen != null) {
                field.textProperty().set(chosen);
            }
        });
        return box;
    }

    private static void mark(Control control, PseudoClass as, javafx.beans.value.ObservableValue<Boolean> when) {
        when.subscribe(on -> control.pseudoClassStateChanged(as, on));
    }
}
