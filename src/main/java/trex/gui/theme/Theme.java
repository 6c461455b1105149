package trex.gui.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import javafx.application.ColorScheme;

/// The look of the window.
public enum Theme {
    DARK(new PrimerDark(), CanvasColours.DARK),
    LIGHT(new PrimerLight(), CanvasColours.LIGHT);

    private final atlantafx.base.theme.Theme controls;
    private final CanvasColours canvas;

    Theme(atlantafx.base.theme.Theme controls, CanvasColours canvas) {
        this.controls = controls;
        this.canvas = canvas;
    }

    /// The style sheet of all controls.
    public String userAgentStylesheet() {
        return controls.getUserAgentStylesheet();
    }

    public CanvasColours canvas() {
        return canvas;
    }

    static Theme of(ColorScheme scheme) {
        return scheme == ColorScheme.DARK ? DARK : LIGHT;
    }
}
