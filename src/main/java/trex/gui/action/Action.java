package trex.gui.action;

import javafx.beans.value.ObservableBooleanValue;
import org.jspecify.annotations.Nullable;

/// Something the person can do. Its text is the key `action.<id>`.
///
/// @param icon an Ikonli code, for example `mdal-check`
/// @param shortcut for example `Shortcut+K`, or null
public record Action(
        String id, String icon, @Nullable String shortcut, ObservableBooleanValue enabled, Runnable handler) {

    /// Does it if it is enabled; tells whether it was.
    public boolean fire() {
        boolean may = enabled.get();
        if (may) {
            handler.run();
        }
        return may;
    }
}
