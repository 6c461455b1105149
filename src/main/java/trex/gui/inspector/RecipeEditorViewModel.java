package trex.gui.inspector;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import trex.model.ChoiceField;
import trex.model.Choices;
import trex.model.FieldGroup;
import trex.model.FreeTextField;
import trex.model.Mission;
import trex.model.NumberField;
import trex.model.Recipe;
import trex.model.RecipeField;

/// Edits a recipe field by field. Every change is checked at once, by the field itself, by the
/// recipe as a whole and by the mission's own limits; the recipe is the last one in which all
/// fields made sense.
public final class RecipeEditorViewModel {
    private final Recipe original;
    private final Recipe reference;
    private final Mission mission;
    private final List<FieldViewModel> fields;
    private final List<GroupViewModel> groups;
    private final ReadOnlyObjectWrapper<Recipe> recipe;
    private final ReadOnlyBooleanWrapper valid = new ReadOnlyBooleanWrapper(true);
    private boolean reading;

    /// @param reference what changes are shown against
    /// @param folds which groups the person wants to see
    RecipeEditorViewModel(Recipe original, Recipe reference, Mission mission, Folds folds) {
        this(RecipeField.all(), original, reference, mission, folds);
    }

    RecipeEditorViewModel(List<RecipeField> known, Recipe original, Recipe reference, Mission mission, Folds folds) {
        this.original = original;
        this.reference = reference;
        this.mission = mission;
        recipe = new ReadOnlyObjectWrapper<>(original);
        fields = known.stream().map(f -> new FieldViewModel(f, f.text(original), choices(f))).toList();
        groups = Arrays.stream(FieldGroup.values()).map(g -> group(g, folds)).filter(g -> !g.fields().isEmpty()).toList();
        fields.forEach(f -> f.textProperty().addListener((_, _, _) -> read()));
        read();
        groups.forEach(GroupViewModel::openWhereChanged);
    }

    private GroupViewModel group(FieldGroup group, Folds folds) {
        return new GroupViewModel(group, fields.stream().filter(f -> f.field().group() == group).toList(),
                f -> mission.space().containsKey(f.field().name())
                        || !f.field().text(recipe.get()).equals(f.field().text(mission.start())), folds);
    }

    /// The values to choose from: those that the mission allows, and the recipe's own.
    private List<String> choices(RecipeField field) {
        return switch (field) {
            case NumberField _, FreeTextField<?> _ -> List.of();
            case ChoiceField choice -> choice.choices().stream()
                    .filter(v -> !(mission.space().get(choice.name()) instanceof Choices(List<String> allowed))
                            || allowed.contains(v) || v.equals(choice.text(original)))
                    .toList();
        };
    }

    public List<FieldViewModel> fields() {
        return fields;
    }

    /// The fields by what they are about; groups without fields are left out.
    public List<GroupViewModel> groups() {
        return groups;
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
        Map<FieldViewModel, String> faults = new LinkedHashMap<>();
        Recipe edited = edited(faults);
        Map<FieldViewModel, String> shown = new LinkedHashMap<>();
        faults.forEach((field, fault) -> blame(field, fault, shown));
        for (FieldViewModel f : fields) {
            f.appliesProperty().set(f.field().applies(edited));
            f.errorProperty().set(shown.getOrDefault(f, ""));
            f.changedProperty().set(shown.containsKey(f)
                    || f.field().applies(edited) && !f.field().text(edited).equals(f.field().text(reference)));
        }
        if (faults.isEmpty()) {
            recipe.set(edited);
        }
        groups.forEach(GroupViewModel::refresh);
        valid.set(faults.isEmpty());
        reading = false;
    }

    /// The recipe with all that can be taken over, and what is wrong with the rest. One field may
    /// allow or forbid the value of another, so what was refused is tried again after a change.
    private Recipe edited(Map<FieldViewModel, String> faults) {
        Recipe edited = original;
        for (int round = 0; round < fields.size(); round++) {
            Recipe before = edited;
            faults.clear();
            for (FieldViewModel f : fields) {
                if (f.field().applies(edited)) {
                    edited = taken(f, edited, faults);
                }
            }
            if (edited.equals(before)) {
                break;
            }
        }
        return edited;
    }

    private Recipe taken(FieldViewModel f, Recipe edited, Map<FieldViewModel, String> faults) {
        if (f.textProperty().get().isBlank() && !f.field().applies(original)) {
            f.textProperty().set(f.field().text(edited)); // it has a meaning only since another field changed
        }
        try {
            return applied(f, edited);
        } catch (IllegalArgumentException e) {
            faults.put(f, String.valueOf(e.getMessage()));
            return edited;
        }
    }

    /// Two fields that do not go together are the fault of the one that was edited last: the other
    /// one has the value that it had in the last good recipe.
    private void blame(FieldViewModel field, String fault, Map<FieldViewModel, String> shown) {
        Recipe good = recipe.get();
        if (!differs(field, good)) {
            for (FieldViewModel other : fields) {
                if (other.field().applies(good) && differs(other, good)) {
                    try {
                        applied(other, good);
                    } catch (IllegalArgumentException e) {
                        shown.put(other, String.valueOf(e.getMessage()));
                        return;
                    }
                }
            }
        }
        shown.put(field, fault);
    }

    private static boolean differs(FieldViewModel field, Recipe from) {
        return !field.textProperty().get().equals(field.field().text(from));
    }

    private Recipe applied(FieldViewModel f, Recipe edited) {
        String text = f.textProperty().get();
        if (text.equals(f.field().text(edited))) {
            return edited;
        }
        Recipe changed = f.field().with(edited, text);
        mission.objection(f.field(), changed).ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
        return changed;
    }
}
