package trex.gui.inspector;

import static trex.gui.text.Visibility.showWhile;

import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import trex.gui.text.Texts;
import trex.model.ChoiceField;
import trex.model.FreeTextField;
import trex.model.NumberField;

/// The recipe's fields in groups that open and close: a row for each field, with its name, a control,
/// and under it what is wrong with the value.
final class RecipeEditor extends VBox {
    private static final PseudoClass ERROR = PseudoClass.getPseudoClass("invalid");
    private static final PseudoClass CHANGED = PseudoClass.getPseudoClass("changed");
    private static final double NAME_WIDTH = 146;

    private final Texts texts;
    private final boolean editable;

    /// @param editable whether the person may change it
    RecipeEditor(RecipeEditorViewModel model, boolean editable, Texts texts) {
        this.texts = texts;
        this.editable = editable;
        setId("recipe-editor");
        getStyleClass().add("recipe-editor");
        model.groups().forEach(group -> getChildren().addAll(head(group), body(group)));
    }

    private ToggleButton head(GroupViewModel group) {
        String name = texts.get("group." + group.group().name().toLowerCase(Locale.ROOT));
        FontIcon arrow = new FontIcon();
        group.openProperty().subscribe(open -> arrow.setIconLiteral(open ? "mdal-expand_more" : "mdal-chevron_right"));
        Label title = new Label(name);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox line = new HBox(4, arrow, title, gap,
                count("group-changed", Bindings.createStringBinding(
                        () -> words("group.changed", group.changedProperty().get()), group.changedProperty())),
                count("group-wrong", Bindings.createStringBinding(
                        () -> words("group.wrong", group.wrongProperty().get()), group.wrongProperty())));
        line.setAlignment(Pos.CENTER_LEFT);
        ToggleButton head = new ToggleButton(null, line);
        line.minWidthProperty().bind(head.widthProperty().subtract(12));
        head.setId("group-" + group.group().name().toLowerCase(Locale.ROOT));
        head.getStyleClass().add("group-head");
        head.setMaxWidth(Double.MAX_VALUE);
        head.setAccessibleText(name);
        head.selectedProperty().bindBidirectional(group.openProperty());
        return head;
    }

    private String words(String key, int count) {
        return count == 0 ? "" : texts.get(key, count);
    }

    private static Label count(String style, javafx.beans.value.ObservableStringValue text) {
        Label label = new Label();
        label.getStyleClass().addAll("group-count", style);
        label.setMinWidth(USE_PREF_SIZE);
        label.textProperty().bind(text);
        showWhile(label, label.textProperty().isNotEmpty());
        return label;
    }

    private VBox body(GroupViewModel group) {
        VBox body = new VBox();
        body.getStyleClass().add("group-body");
        group.fields().forEach(field -> body.getChildren().add(row(field)));
        body.getChildren().add(more(group));
        showWhile(body, group.openProperty());
        return body;
    }

    private HBox row(FieldViewModel field) {
        VBox value = value(field);
        HBox.setHgrow(value, Priority.ALWAYS);
        HBox row = new HBox(10, name(field), value);
        showWhile(row, field.shownProperty());
        return row;
    }

    private Hyperlink more(GroupViewModel group) {
        Hyperlink more = new Hyperlink();
        more.setId("more-" + group.group().name().toLowerCase(Locale.ROOT));
        more.textProperty().bind(Bindings.createStringBinding(
                () -> group.wholeProperty().get() ? texts.get("group.fewer") : texts.get("group.more", group.foldedProperty().get()),
                group.wholeProperty(), group.foldedProperty()));
        showWhile(more, group.foldedProperty().greaterThan(0));
        more.setOnAction(_ -> {
            group.wholeProperty().set(!group.wholeProperty().get());
            more.setVisited(false);
        });
        return more;
    }

    /// With the name that papers know it by.
    private Label name(FieldViewModel field) {
        String known = texts.find("known." + field.field().name()).map(paper -> " · " + paper).orElse("");
        Label name = new Label(field.field().name() + known);
        name.setTooltip(new Tooltip(field.field().description()));
        name.getStyleClass().add("field-name");
        name.setMinWidth(NAME_WIDTH);
        name.setMaxWidth(NAME_WIDTH);
        mark(name, CHANGED, field.changedProperty());
        return name;
    }

    private VBox value(FieldViewModel field) {
        Control control = switch (field.field()) {
            case NumberField _, FreeTextField<?> _ -> written(field);
            case ChoiceField choice -> choice(field, choice);
        };
        control.setId("field-" + field.field().name());
        control.setMaxWidth(Double.MAX_VALUE);
        control.setTooltip(new Tooltip(field.field().description()));
        control.setAccessibleText(field.field().name());
        control.setAccessibleHelp(field.field().description());
        control.setDisable(!editable);
        mark(control, CHANGED, field.changedProperty());
        Label error = new Label();
        error.setId("error-" + field.field().name());
        error.getStyleClass().add("error-text");
        error.setWrapText(true);
        error.setMinHeight(USE_PREF_SIZE);
        error.textProperty().bind(field.errorProperty());
        showWhile(error, field.errorProperty().isNotEmpty());
        mark(control, ERROR, field.errorProperty().isNotEmpty());
        return new VBox(2, control, error);
    }

    private static TextField written(FieldViewModel field) {
        TextField text = new TextField();
        text.textProperty().bindBidirectional(field.textProperty());
        return text;
    }

    private ComboBox<String> choice(FieldViewModel field, ChoiceField choice) {
        ComboBox<String> box = new ComboBox<>();
        box.getItems().setAll(field.choices());
        box.setCellFactory(_ -> new ChoiceCell(choice.name(), texts));
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
