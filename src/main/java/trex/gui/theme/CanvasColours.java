package trex.gui.theme;

import java.util.List;
import javafx.scene.paint.Color;

/// The colours that canvases paint with; they match the theme of the controls around them.
///
/// @param series lines of the loss chart, told apart also by people who see red and green alike
public record CanvasColours(
        Color background,
        Color card,
        Color text,
        Color muted,
        Color grid,
        Color edge,
        Color accent,
        Color best,
        Color waiting,
        Color danger,
        Color veil,
        List<Color> series) {
    static final CanvasColours DARK = new CanvasColours(
            Color.web("#0d1117"), Color.web("#161b22"), Color.web("#e6edf3"), Color.web("#8b949e"),
            Color.web("#21262d"), Color.web("#3d444d"), Color.web("#4493f8"), Color.web("#e3b341"),
            Color.web("#d29922"), Color.web("#f85149"), Color.web("#0d1117", 0.62),
            webs("#58a6ff", "#f0883e", "#3fb950", "#d2a8ff", "#f778ba", "#39c5cf", "#e3b341", "#ff7b72"));

    static final CanvasColours LIGHT = new CanvasColours(
            Color.web("#f6f8fa"), Color.web("#ffffff"), Color.web("#1f2328"), Color.web("#59636e"),
            Color.web("#d8dee4"), Color.web("#afb8c1"), Color.web("#0969da"), Color.web("#bf8700"),
            Color.web("#9a6700"), Color.web("#cf222e"), Color.web("#f6f8fa", 0.62),
            webs("#0969da", "#bc4c00", "#1a7f37", "#8250df", "#bf3989", "#1b7c83", "#9a6700", "#cf222e"));

    private static List<Color> webs(String... colours) {
        return List.of(colours).stream().map(Color::web).toList();
    }
}
