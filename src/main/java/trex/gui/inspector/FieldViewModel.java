package trex.gui.inspector;

import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import trex.model.RecipeField;

/// One field of the recipe editor.
public final class FieldViewModel {
    private final RecipeField field;
    private final List<String> choices;
    private final StringProperty text;
    private final StringProperty error = new SimpleStringProperty("");
    private final BooleanProperty applies = new SimpleBooleanProperty(true);
    private final BooleanProperty changed = new SimpleBooleanProperty();
    private final BooleanProperty shown = new SimpleBooleanProperty(true);

    /// @param choices what can be chosen, where the field is no number
    FieldViewModel(RecipeField field, String text, List<String> choices) {
        this.field = field;
        this.choices = List.copyOf(choices);
        this.text = new SimpleStringProperty(text);
    }

    public RecipeField field() {
        return field;
    }

    public List<String> choices() {
        return choices;
    }

    /// What the person typed.
    public StringProperty textProperty() {
        return text;
    }

    /// What is wrong with it, or empty.
    public StringProperty errorProperty() {
        return error;
    }

    /// Whether the field has a meaning in the recipe as edited.
    public BooleanProperty appliesProperty() {
        return applies;
    }

    /// Whether it differs from the recipe that the node departs from.
    public BooleanProperty changedProperty() {
        return changed;
    }

    /// Whether its row is in view.
    public BooleanProperty shownProperty() {
        return shown;
    }

    boolean isWrong() {
        return !error.get().isEmpty();
    }
}
