package trex.gui.inspector;

import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import trex.model.Bounds;
import trex.model.Mission;
import trex.model.NumberField;
import trex.model.Recipe;
import trex.model.RecipeField;

/// Edits a recipe field by field. Every change is checked at once, by the field itself and by the
/// mission's narrower ranges; the recipe is the last one in which all fields made sense.
public final class RecipeEditorViewModel {
    private final Recipe original;
    private final Recipe reference;
    private final Mission mission;
    private final List<FieldViewModel> fields;
    private final ReadOnlyObjectWrapper<Recipe> recipe;
    private final ReadOnlyBooleanWrapper valid = new ReadOnlyBooleanWrapper(true);
    private boolean reading;

    /// @param reference what changes are shown against
    public RecipeEditorViewModel(Recipe original, Recipe reference, Mission mission) {
        this.original = original;
        this.reference = reference;
        this.mission = mission;
        recipe = new ReadOnlyObjectWrapper<>(original);
        fields = RecipeField.all().stream().map(f -> new FieldViewModel(f, f.text(original))).toList();
        fields.forEach(f -> f.textProperty().addListener((_, _, _) -> read()));
        read();
    }

    public List<FieldViewModel> fields() {
        return fields;
    }

    /// @throws IllegalArgumentException for an unknown name
    public FieldViewModel field(String name) {
        return fields.stream().filter(f -> f.field().name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no field " + name));
    }

    public ReadOnlyObjectProperty<Recipe> recipeProperty() {
        return recipe.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty validProperty() {
        return valid.getReadOnlyProperty();
    }

    public boolean isEdited() {
        return !recipe.get().equals(original) || !valid.get();
    }

    public void reset() {
        fields.forEach(f -> f.textProperty().set(f.field().text(original)));
    }

    private void read() {
        if (reading) {
            return;
        }
        reading = true;
        Recipe edited = original;
        boolean good = true;
        for (FieldViewModel f : fields) {
            f.appliesProperty().set(f.field().applies(edited));
            f.errorProperty().set("");
            if (f.appliesProperty().get()) {
                if (f.textProperty().get().isBlank() && !f.field().applies(original)) {
                    f.textProperty().set(f.field().text(edited)); // it has a meaning only since another field changed
                }
                try {
                    edited = applied(f, edited);
                } catch (IllegalArgumentException e) {
                    f.errorProperty().set(String.valueOf(e.getMessage()));
                    good = false;
                }
            }
            f.changedProperty().set(f.appliesProperty().get() && !f.textProperty().get().equals(f.field().text(reference)));
        }
        valid.set(good);
        if (good) {
            recipe.set(edited);
        }
        reading = false;
    }

    private Recipe applied(FieldViewModel f, Recipe edited) {
        String text = f.textProperty().get();
        if (text.equals(f.field().text(edited))) {
            return edited;
        }
        Recipe changed = f.field().with(edited, text);
        refuseOutsideMission(f.field(), changed);
        return changed;
    }

    private void refuseOutsideMission(RecipeField field, Recipe changed) {
        Bounds bounds = mission.space().get(field.name());
        if (field instanceof NumberField number && bounds != null) {
            Double value = number.read().apply(changed);
            if (value != null && (value < bounds.min() || value > bounds.max())) {
                throw new IllegalArgumentException("%s must be %s to %s in this mission, got %s".formatted(field.name(),
                        number.text(number.at(changed, 0, bounds)), number.text(number.at(changed, 1, bounds)),
                        number.text(changed)));
            }
        }
    }
}
