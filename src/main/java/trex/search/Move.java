package trex.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import trex.model.ChoiceField;
import trex.model.FieldChange;
import trex.model.FreeTextField;
import trex.model.NumberField;
import trex.model.Recipe;
import trex.model.RecipeField;

/// A kind of change from one recipe to another: a number that rises or falls, or a choice that
/// becomes another. What insights are counted by, and what a rejection forbids.
///
/// @param field name of the recipe field
/// @param to `up`, `down`, or the new choice
public record Move(String field, String to) {
    private static final String UP = "up";
    private static final String DOWN = "down";

    /// The fields that were changed, in their order. One that only one of the two recipes has, as
    /// the rank after a change of method, changed with the method.
    public static List<FieldChange> changes(Recipe parent, Recipe child) {
        return child.differenceFrom(parent).stream()
                .filter(change -> !change.from().isEmpty() && !change.to().isEmpty())
                .toList();
    }

    /// All moves from `parent` to `child`, in the order of their [#changes].
    public static List<Move> between(Recipe parent, Recipe child) {
        List<Move> moves = new ArrayList<>();
        for (FieldChange change : changes(parent, child)) {
            moves.add(switch (RecipeField.named(change.field())) {
                case ChoiceField choice -> new Move(choice.name(), choice.text(child));
                case FreeTextField<?> text -> new Move(text.name(), text.text(child));
                case NumberField number -> new Move(number.name(), rises(number, parent, child) ? UP : DOWN);
            });
        }
        return moves;
    }

    private static boolean rises(NumberField field, Recipe parent, Recipe child) {
        Double before = field.read().apply(parent);
        Double after = field.read().apply(child);
        return before == null || (after != null && after > before);
    }

    /// As in "raising learningRate" or "setting targets to all_linear".
    public String gerund() {
        return switch (to) {
            case UP -> "raising " + field;
            case DOWN -> "lowering " + field;
            default -> String.format(Locale.ROOT, "setting %s to %s", field, to);
        };
    }
}
