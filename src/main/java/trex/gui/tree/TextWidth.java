package trex.gui.tree;

import javafx.scene.text.Font;
import javafx.scene.text.Text;

/// Cuts text to a width without a layout per call: widths of characters are measured once, at one
/// size, and scale with the size.
final class TextWidth {
    private static final int MEASURED = 384;
    private static final double SIZE = 16;

    private final double[] widths = new double[MEASURED];

    TextWidth(String family) {
        Text probe = new Text();
        probe.setFont(Font.font(family, SIZE));
        for (char c = ' '; c < MEASURED; c++) {
            probe.setText(String.valueOf(c));
            widths[c] = probe.getLayoutBounds().getWidth() / SIZE;
        }
    }

    double of(String text, double size) {
        double sum = 0;
        for (int i = 0; i < text.length(); i++) {
            sum += width(text.charAt(i));
        }
        return sum * size;
    }

    /// `text`, or as much of it as fits `width` pixels with an ellipsis.
    String fit(String text, double size, double width) {
        double room = width / size;
        double sum = 0;
        int cut = 0;
        for (int i = 0; i < text.length(); i++) {
            sum += width(text.charAt(i));
            if (sum + width('…') <= room) {
                cut = i + 1;
            }
        }
        return sum <= room ? text : text.substring(0, cut).stripTrailing() + "…";
    }

    private double width(char c) {
        return c < MEASURED ? widths[c] : 1;
    }
}
