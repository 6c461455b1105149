package trex.gui.inspector;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import trex.model.FieldGroup;

/// One group of the recipe editor. In view are the fields that most recipes are about and those that
/// say something in this one; the others are a click away. A field without a meaning in the recipe
/// is not shown.
public final class GroupViewModel {
    private static final Set<String> EVERYDAY = Set.of("examples", "method", "rank", "alpha", "targets", "learningRate",
            "epochs", "batchSize", "warmupRatio", "schedule", "optimizer", "procedure", "precision", "quantization");

    private final FieldGroup group;
    private final List<FieldViewModel> fields;
    private final Predicate<FieldViewModel> telling;
    private final BooleanProperty open;
    private final BooleanProperty whole;
    private final ReadOnlyIntegerWrapper folded = new ReadOnlyIntegerWrapper();
    private final ReadOnlyIntegerWrapper changed = new ReadOnlyIntegerWrapper();
    private final ReadOnlyIntegerWrapper wrong = new ReadOnlyIntegerWrapper();

    /// @param telling whether a rarely used field says something in the recipe
    GroupViewModel(FieldGroup group, List<FieldViewModel> fields, Predicate<FieldViewModel> telling, Folds folds) {
        this.group = group;
        this.fields = List.copyOf(fields);
        this.telling = telling;
        open = new SimpleBooleanProperty(folds.isOpen(group));
        whole = new SimpleBooleanProperty(folds.isWhole(group));
        open.addListener((_, _, now) -> folds.open(group, now));
        whole.addListener((_, _, now) -> {
            folds.whole(group, now);
            refresh();
        });
    }

    public FieldGroup group() {
        return group;
    }

    public List<FieldViewModel> fields() {
        return fields;
    }

    public BooleanProperty openProperty() {
        return open;
    }

    /// Whether the rarely used fields are in view too.
    public BooleanProperty wholeProperty() {
        return whole;
    }

    /// How many rarely used fields there are to fold or unfold.
    public ReadOnlyIntegerProperty foldedProperty() {
        return folded.getReadOnlyProperty();
    }

    /// How many fields differ from the recipe that the node departs from.
    public ReadOnlyIntegerProperty changedProperty() {
        return changed.getReadOnlyProperty();
    }

    /// How many fields have no valid value.
    public ReadOnlyIntegerProperty wrongProperty() {
        return wrong.getReadOnlyProperty();
    }

    /// Follows the fields. What is wrong is never hidden.
    void refresh() {
        int rare = 0;
        for (FieldViewModel field : fields) {
            boolean important = EVERYDAY.contains(field.field().name()) || field.changedProperty().get() || field.isWrong()
                    || telling.test(field);
            boolean applies = field.appliesProperty().get();
            rare += applies && !important ? 1 : 0;
            field.shownProperty().set(applies && (important || whole.get()));
        }
        folded.set(rare);
        changed.set((int) fields.stream().filter(f -> f.changedProperty().get()).count());
        wrong.set((int) fields.stream().filter(FieldViewModel::isWrong).count());
        if (wrong.get() > 0) {
            open.set(true);
        }
    }

    /// Opens the group if the recipe differs in it.
    void openWhereChanged() {
        if (changed.get() > 0) {
            open.set(true);
        }
    }
}
