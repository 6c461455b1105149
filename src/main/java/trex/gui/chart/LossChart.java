package trex.gui.chart;

import java.util.List;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Region;
import trex.gui.text.Texts;
import trex.gui.theme.CanvasColours;

/// The loss of a few runs by step. Redraws on [#pulse()], when something changed while it is shown.
public final class LossChart extends Region {
    private final Canvas canvas = new Canvas();
    private final ChartPainter painter;
    private List<Curve> curves = List.of();
    private double pointerX = Double.NaN;
    private boolean dirty = true;
    private long drawnVersion = -1;
    private long paintNanos;

    public LossChart(CanvasColours colours) {
        painter = new ChartPainter(colours, Texts.beside(LossChart.class).get("empty"));
        setId("loss-chart");
        setMinSize(0, 0);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        getChildren().add(canvas);
        setOnMouseMoved(e -> point(e.getX()));
        setOnMouseExited(_ -> point(Double.NaN));
    }

    public void show(List<Curve> changed) {
        if (!changed.equals(curves)) {
            curves = List.copyOf(changed);
            setAccessibleText("loss of " + curves.size() + " runs: "
                    + String.join(", ", curves.stream().map(Curve::label).toList()));
            dirty = true;
        }
    }

    public List<Curve> curves() {
        return curves;
    }

    public void recolour(CanvasColours colours) {
        painter.recolour(colours);
        dirty = true;
    }

    /// Draws if a run said something new or the view changed.
    public void pulse() {
        long version = curves.stream().mapToLong(c -> c.track().version()).sum();
        if ((dirty || version != drawnVersion) && getWidth() > 0 && getHeight() > 0) {
            dirty = false;
            drawnVersion = version;
            long start = System.nanoTime();
            painter.paint(canvas.getGraphicsContext2D(), curves, getWidth(), getHeight(), pointerX);
            paintNanos = System.nanoTime() - start;
        }
    }

    /// What the last drawing cost on the screen's thread.
    public long paintNanos() {
        return paintNanos;
    }

    @Override
    protected void layoutChildren() {
        if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
            canvas.setWidth(getWidth());
            canvas.setHeight(getHeight());
            dirty = true;
            pulse();
        }
    }

    private void point(double x) {
        pointerX = x;
        dirty = true;
    }
}
