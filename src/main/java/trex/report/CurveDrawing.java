package trex.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Loss curves as SVG: steps to the right, loss in nats upward, the best run on top.
final class CurveDrawing {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 320;
    private static final int LEFT = 56;
    private static final int RIGHT = 150;
    private static final int TOP = 12;
    private static final int BOTTOM = 36;
    private static final int LEGEND = 17;
    private static final int COLOURS = 8;

    private final List<Curve> curves;
    private final double lastStep;
    private final double lowest;
    private final double highest;

    CurveDrawing(List<Curve> curves) {
        this.curves = curves;
        this.lastStep = Math.max(1, points().mapToDouble(Curve.Point::step).max().orElse(1));
        double low = points().mapToDouble(Curve.Point::loss).min().orElse(0);
        double high = points().mapToDouble(Curve.Point::loss).max().orElse(1);
        this.lowest = Math.min(low, 0);
        this.highest = high > lowest ? high : lowest + 1;
    }

    private java.util.stream.Stream<Curve.Point> points() {
        return curves.stream().flatMap(curve -> curve.points().stream());
    }

    void draw(Markup page) {
        page.open("svg", "xmlns", "http://www.w3.org/2000/svg", "class", "curves", "width", "" + WIDTH, "height",
                "" + HEIGHT, "viewBox", "0 0 " + WIDTH + " " + HEIGHT, "role", "img", "aria-label",
                "loss of " + curves.size() + " runs");
        axes(page);
        for (int i = 0; i < curves.size(); i++) {
            if (!curves.get(i).best()) {
                curve(page, curves.get(i), i);
            }
        }
        for (int i = 0; i < curves.size(); i++) {
            if (curves.get(i).best()) {
                curve(page, curves.get(i), i);
            }
            legend(page, curves.get(i), i);
        }
        page.close();
    }

    private void axes(Markup page) {
        double grid = grid(highest - lowest);
        for (double loss = Math.ceil(lowest / grid) * grid; loss <= highest; loss += grid) {
            String y = coordinate(y(loss));
            page.empty("line", "class", "grid", "x1", "" + LEFT, "x2", "" + (WIDTH - RIGHT), "y1", y, "y2", y);
            page.leaf("text", label(loss), "class", "tick", "x", "" + (LEFT - 6), "y", coordinate(y(loss) + 4),
                    "text-anchor", "end");
        }
        double stride = Math.max(1, grid(lastStep));
        for (double step = 0; step <= lastStep; step += stride) {
            page.leaf("text", label(step), "class", "tick", "x", coordinate(x(step)), "y", "" + (HEIGHT - BOTTOM + 18),
                    "text-anchor", "middle");
        }
        page.leaf("text", "step", "class", "tick", "x", "" + (WIDTH - RIGHT), "y", "" + (HEIGHT - 4), "text-anchor", "end");
        page.leaf("text", "loss (nats a token)", "class", "tick", "transform",
                "translate(12 " + (HEIGHT - BOTTOM + TOP) / 2 + ") rotate(-90)", "text-anchor", "middle");
    }

    private void curve(Markup page, Curve curve, int index) {
        String line = curve.points().stream()
                .map(p -> coordinate(x(p.step())) + "," + coordinate(y(p.loss())))
                .collect(Collectors.joining(" "));
        page.open("polyline", "class", colour(curve, index), "points", line);
        page.leaf("title", curve.name());
        page.close();
    }

    private void legend(Markup page, Curve curve, int index) {
        if (index >= LEGEND) {
            return;
        }
        String y = coordinate(TOP + 8 + index * 16);
        page.empty("line", "class", colour(curve, index), "x1", "" + (WIDTH - RIGHT + 10), "x2",
                "" + (WIDTH - RIGHT + 28), "y1", y, "y2", y);
        page.leaf("text", curve.name() + (curve.best() ? " ★" : ""), "class", "tick", "x", "" + (WIDTH - RIGHT + 34), "y",
                coordinate(TOP + 12 + index * 16));
    }

    private static String colour(Curve curve, int index) {
        return "curve c" + index % COLOURS + (curve.best() ? " best" : "");
    }

    private double x(double step) {
        return LEFT + step / lastStep * (WIDTH - LEFT - RIGHT);
    }

    private double y(double loss) {
        return HEIGHT - BOTTOM - (loss - lowest) / (highest - lowest) * (HEIGHT - BOTTOM - TOP);
    }

    /// A readable distance of about five lines over `span`: 1, 2 or 5 times a power of ten.
    static double grid(double span) {
        double raw = span / 5;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double lead = raw / power;
        return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
    }

    private static String label(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.3g", value);
    }

    private static String coordinate(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
