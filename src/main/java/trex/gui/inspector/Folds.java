package trex.gui.inspector;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import trex.model.FieldGroup;

/// Which groups of the recipe editor the person has opened, so that the next recipe is shown alike.
final class Folds {
    private static final Set<FieldGroup> OPEN_AT_FIRST =
            EnumSet.of(FieldGroup.DATA, FieldGroup.METHOD, FieldGroup.OPTIMIZATION, FieldGroup.PROCEDURE);

    private final Map<FieldGroup, Boolean> open = new EnumMap<>(FieldGroup.class);
    private final Set<FieldGroup> whole = EnumSet.noneOf(FieldGroup.class);

    boolean isOpen(FieldGroup group) {
        return open.getOrDefault(group, OPEN_AT_FIRST.contains(group));
    }

    void open(FieldGroup group, boolean now) {
        open.put(group, now);
    }

    /// Whether the group shows its rarely used fields too.
    boolean isWhole(FieldGroup group) {
        return whole.contains(group);
    }

    void whole(FieldGroup group, boolean now) {
        if (now) {
            whole.add(group);
        } else {
            whole.remove(group);
        }
    }
}
