package trex.gui.theme;

import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;

/// The theme in force: the person's choice, or the system's scheme where the person left it open.
public final class Look {
    /// Which theme the person wants.
    public enum Wish {
        SYSTEM,
        DARK,
        LIGHT
    }

    private final ObjectProperty<Wish> wish;
    private final ReadOnlyObjectWrapper<Theme> theme = new ReadOnlyObjectWrapper<>(Theme.DARK);
    private final boolean desktop;

    /// @param wish what the person chose before
    /// @param desktop whether there is a desktop whose scheme means something; a bare X server calls
    ///     itself light for want of an answer, and gets dark
    public Look(Wish wish, boolean desktop) {
        this.wish = new SimpleObjectProperty<>(wish);
        this.desktop = desktop;
        this.wish.subscribe(this::choose);
        Platform.getPreferences().colorSchemeProperty().addListener((_, _, _) -> choose());
        theme.subscribe(t -> Application.setUserAgentStylesheet(t.userAgentStylesheet()));
    }

    public ObjectProperty<Wish> wishProperty() {
        return wish;
    }

    public ReadOnlyObjectProperty<Theme> themeProperty() {
        return theme.getReadOnlyProperty();
    }

    public CanvasColours canvas() {
        return theme.get().canvas();
    }

    /// Adds the workbench's own style sheets. Every scene needs them, dialogs and popups too.
    public void dress(Scene scene) {
        for (String sheet : new String[] {"controlsfx.css", "workbench.css"}) {
            scene.getStylesheets().add(Objects.requireNonNull(Look.class.getResource(sheet), sheet).toExternalForm());
        }
    }

    private void choose() {
        theme.set(switch (wish.get()) {
            case DARK -> Theme.DARK;
            case LIGHT -> Theme.LIGHT;
            case SYSTEM -> desktop ? Theme.of(systemScheme()) : Theme.DARK;
        });
    }

    private static ColorScheme systemScheme() {
        return Platform.getPreferences().getColorScheme();
    }
}
