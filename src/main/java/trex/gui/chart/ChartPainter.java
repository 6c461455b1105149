package trex.gui.chart;

import java.util.List;
import java.util.Locale;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import trex.gui.study.LossSeries;
import trex.gui.text.Figures;
import trex.gui.theme.CanvasColours;
import trex.model.RunEvent;

/// Draws loss curves: the band between minimum and maximum with one rectangle a pixel column, over
/// it a smoothed line of at most 400 points, validation scores as marks on an axis of their own.
final class ChartPainter {
    private static final int SMOOTH_POINTS = 400;
    private static final int MAX_COLUMNS = 8192;
    private static final double LEFT = 52;
    private static final double RIGHT = 56;
    private static final double TOP = 34;
    private static final double BOTTOM = 26;

    private final float[] lows = new float[MAX_COLUMNS];
    private final float[] highs = new float[MAX_COLUMNS];
    private final double[] xs = new double[SMOOTH_POINTS + 2];
    private final double[] ys = new double[SMOOTH_POINTS + 2];
    private final Font small = Font.font(11);
    private final String hint;
    private CanvasColours colours;

    /// @param hint what to say while there is nothing to draw
    ChartPainter(CanvasColours colours, String hint) {
        this.colours = colours;
        this.hint = hint;
    }

    void recolour(CanvasColours changed) {
        colours = changed;
    }

    /// @param pointerX where the pointer is, or NaN
    void paint(GraphicsContext g, List<Curve> curves, double width, double height, double pointerX) {
        g.setFill(colours.background());
        g.fillRect(0, 0, width, height);
        Plot plot = new Plot(LEFT, TOP, width - LEFT - RIGHT, height - TOP - BOTTOM);
        if (plot.width() < 40 || plot.height() < 30 || plot.width() > MAX_COLUMNS) {
            return;
        }
        int steps = curves.stream().mapToInt(c -> Math.max(c.track().loss().size(), planned(c))).max().orElse(0);
        if (steps == 0) {
            g.setTextBaseline(VPos.CENTER);
            g.setFont(Font.font(13));
            label(g, hint, width / 2, height / 2, TextAlignment.CENTER);
            return;
        }
        double[] range = lossRange(curves, steps, (int) plot.width());
        double[] scores = scoreRange(curves);
        g.setFont(small);
        paintGrid(g, plot, steps, range, scores);
        for (int i = 0; i < curves.size(); i++) {
            paintCurve(g, plot, curves.get(i).track().loss(), steps, range, colour(i));
        }
        for (int i = 0; i < curves.size(); i++) {
            paintValidations(g, plot, curves.get(i), steps, scores, colour(i));
        }
        paintLegend(g, plot, curves);
        if (pointerX >= plot.x() && pointerX <= plot.x() + plot.width()) {
            paintReading(g, plot, curves, steps, pointerX);
        }
    }

    private Color colour(int curve) {
        return colours.series().get(curve % colours.series().size());
    }

    private static int planned(Curve curve) {
        RunEvent.Step step = curve.track().step();
        return step == null ? 0 : step.steps();
    }

    private double[] lossRange(List<Curve> curves, int steps, int columns) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Curve curve : curves) {
            int filled = curve.track().loss().columns(steps, columns, lows, highs);
            for (int c = 0; c < filled; c++) {
                low = Math.min(low, lows[c]);
                high = Math.max(high, highs[c]);
            }
        }
        if (low > high) {
            return new double[] {0, 1};
        }
        double pad = Math.max((high - low) * 0.06, 1e-3);
        boolean nearZero = low >= 0 && low < 0.2 * high;
        return new double[] {nearZero ? 0 : low - pad, high + pad};
    }

    private static double[] scoreRange(List<Curve> curves) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Curve curve : curves) {
            for (RunEvent.Validated v : curve.track().validations()) {
                low = Math.min(low, v.score().value() - v.score().standardError());
                high = Math.max(high, v.score().value() + v.score().standardError());
            }
        }
        double pad = Math.max(0.02, (high - low) * 0.15);
        return new double[] {low >= 0 ? Math.max(0, low - pad) : low - pad, high + pad};
    }

    private void paintGrid(GraphicsContext g, Plot plot, int steps, double[] range, double[] scores) {
        g.setLineWidth(1);
        g.setTextBaseline(VPos.CENTER);
        double step = Ticks.step(range[1] - range[0], (int) Math.max(2, plot.height() / 38));
        for (double v = Math.ceil(range[0] / step) * step; v <= range[1]; v += step) {
            double y = Math.rint(plot.y(v, range)) + 0.5;
            g.setStroke(colours.grid());
            g.strokeLine(plot.x(), y, plot.x() + plot.width(), y);
            label(g, number(v, step), plot.x() - 8, y, TextAlignment.RIGHT);
        }
        double across = Math.max(1, Ticks.step(steps, (int) Math.max(2, plot.width() / 90)));
        for (double v = 0; v <= steps; v += across) {
            double x = Math.rint(plot.x(v, steps)) + 0.5;
            g.setStroke(colours.grid());
            g.strokeLine(x, plot.y() + plot.height(), x, plot.y() + plot.height() + 4);
            label(g, Long.toString((long) v), x, plot.y() + plot.height() + 14, TextAlignment.CENTER);
        }
        if (Double.isFinite(scores[0]) && scores[1] > scores[0]) {
            double s = Ticks.step(scores[1] - scores[0], (int) Math.max(2, plot.height() / 38));
            for (double v = Math.ceil(scores[0] / s) * s; v <= scores[1]; v += s) {
                label(g, number(v, s), plot.x() + plot.width() + 8, plot.y(v, scores), TextAlignment.LEFT);
            }
            label(g, "score ◆", plot.x() + plot.width() + RIGHT - 6, plot.y() - 14, TextAlignment.RIGHT);
        }
        label(g, "loss", plot.x() - 8, plot.y() - 14, TextAlignment.RIGHT);
    }

    private void label(GraphicsContext g, String text, double x, double y, TextAlignment alignment) {
        g.setFill(colours.muted());
        g.setTextAlign(alignment);
        g.fillText(text, x, y);
        g.setTextAlign(TextAlignment.LEFT);
    }

    private static String number(double value, double step) {
        double clean = Math.abs(value) < step * 1e-6 ? 0 : value; // no "-0.00"
        return String.format(Locale.ROOT, "%." + Ticks.digits(step) + "f", clean);
    }

    private void paintCurve(GraphicsContext g, Plot plot, LossSeries loss, int steps, double[] range, Color colour) {
        int size = loss.size();
        if (size == 0) {
            return;
        }
        if (steps > plot.width()) {
            paintBand(g, plot, loss, steps, range, colour);
        } else {
            int every = Math.max(1, size / SMOOTH_POINTS);
            line(plot, loss, size, steps, range, every, every);
            g.setStroke(colour.deriveColor(0, 1, 1, 0.4));
            g.setLineWidth(1);
            g.strokePolyline(xs, ys, points(size, every));
        }
        int every = Math.max(1, size / SMOOTH_POINTS + 1);
        line(plot, loss, size, steps, range, every, Math.max(every, size / 30));
        g.setStroke(colour);
        g.setLineWidth(2);
        g.strokePolyline(xs, ys, points(size, every));
        if (size == 1) {
            g.setFill(colour);
            g.fillOval(xs[0] - 2.5, ys[0] - 2.5, 5, 5);
        }
    }

    private static int points(int size, int every) {
        return Math.min(SMOOTH_POINTS + 1, (size + every - 1) / every);
    }

    private void line(Plot plot, LossSeries loss, int size, int steps, double[] range, int every,
            int window) {
        int count = points(size, every);
        for (int i = 0; i < count; i++) {
            int at = Math.min(size - 1, i * every);
            int half = Math.min(window / 2, Math.min(at, size - 1 - at));
            xs[i] = plot.x(at + 1, steps);
            ys[i] = plot.y(loss.mean(at - half, at + half + 1), range);
        }
    }

    private void paintBand(GraphicsContext g, Plot plot, LossSeries loss, int steps, double[] range, Color colour) {
        int filled = loss.columns(steps, (int) plot.width(), lows, highs);
        g.setFill(colour.deriveColor(0, 1, 1, 0.32));
        for (int c = 0; c < filled; c++) {
            double top = Math.floor(plot.y(highs[c], range));
            double bottom = Math.ceil(plot.y(lows[c], range));
            g.fillRect(plot.x() + c, top, 1, Math.max(1, bottom - top));
        }
    }

    private void paintValidations(GraphicsContext g, Plot plot, Curve curve, int steps, double[] scores, Color colour) {
        List<RunEvent.Validated> marks = curve.track().validations();
        g.setLineWidth(1.2);
        for (RunEvent.Validated v : marks) {
            double x = plot.x(v.step(), steps);
            double y = plot.y(v.score().value(), scores);
            double error = Math.abs(plot.y(v.score().value() - v.score().standardError(), scores) - y);
            g.setStroke(colour.deriveColor(0, 1, 1, 0.7));
            g.strokeLine(x, y - error, x, y + error);
            g.setFill(colours.background());
            g.fillPolygon(new double[] {x - 7, x, x + 7, x}, new double[] {y, y - 7, y, y + 7}, 4);
            g.setFill(colour);
            g.fillPolygon(new double[] {x - 5, x, x + 5, x}, new double[] {y, y - 5, y, y + 5}, 4);
        }
    }

    private void paintLegend(GraphicsContext g, Plot plot, List<Curve> curves) {
        double x = plot.x() + 4;
        g.setTextBaseline(VPos.CENTER);
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            RunEvent.Step step = curve.track().step();
            String text = curve.label() + (step == null ? "" : "  " + Figures.value(step.loss()))
                    + (curve.live() ? "  ●" : "");
            double wide = text.length() * 6.6 + 30;
            if (x + wide > plot.x() + plot.width() - 40) {
                label(g, "+" + (curves.size() - i), x, 16, TextAlignment.LEFT);
                return;
            }
            g.setFill(colour(i));
            g.fillRoundRect(x, 11, 14, 10, 4, 4);
            g.setFill(colours.text());
            g.fillText(text, x + 20, 16);
            x += wide;
        }
    }

    private void paintReading(GraphicsContext g, Plot plot, List<Curve> curves, int steps, double pointerX) {
        int step = Math.clamp((int) Math.rint((pointerX - plot.x()) / plot.width() * steps), 1, steps);
        double x = Math.rint(plot.x(step, steps)) + 0.5;
        g.setStroke(colours.muted());
        g.setLineWidth(1);
        g.setLineDashes(3, 3);
        g.strokeLine(x, plot.y(), x, plot.y() + plot.height());
        g.setLineDashes();
        StringBuilder text = new StringBuilder("step " + step);
        for (Curve curve : curves) {
            double value = curve.track().loss().mean(step - 1, step);
            if (!Double.isNaN(value)) {
                text.append("   ").append(curve.label()).append(' ').append(Figures.value(value));
            }
        }
        boolean left = x > plot.x() + plot.width() / 2;
        double wide = text.length() * 6.4 + 16;
        double boxX = left ? x - wide - 8 : x + 8;
        g.setFill(colours.card());
        g.fillRoundRect(boxX, plot.y() + 4, wide, 22, 6, 6);
        g.setFill(colours.text());
        g.fillText(text.toString(), boxX + 8, plot.y() + 15);
    }

    /// The rectangle inside the axes.
    private record Plot(double x, double y, double width, double height) {
        double x(double step, int steps) {
            return x + width * step / steps;
        }

        double y(double value, double[] range) {
            return y + height * (1 - (value - range[0]) / (range[1] - range[0]));
        }
    }
}
