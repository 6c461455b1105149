package trex.gui.tree;

/// What part of the world a canvas shows. The overview of a large tree needs a scale of its own for
/// each axis: 10,000 nodes are ten times as high as wide.
final class Viewport {
    static final double MIN_SCALE = 0.002;
    static final double MAX_SCALE = 2.5;

    private double scaleX = 1;
    private double scaleY = 1;
    private double shiftX;
    private double shiftY;

    double screenX(double worldX) {
        return worldX * scaleX + shiftX;
    }

    double screenY(double worldY) {
        return worldY * scaleY + shiftY;
    }

    double worldX(double screenX) {
        return (screenX - shiftX) / scaleX;
    }

    double worldY(double screenY) {
        return (screenY - shiftY) / scaleY;
    }

    double scaleX() {
        return scaleX;
    }

    double scaleY() {
        return scaleY;
    }

    void pan(double dx, double dy) {
        shiftX += dx;
        shiftY += dy;
    }

    /// Zooms both axes and keeps the world's point under `(x, y)` in its place. Brings scales that
    /// differ together again as it gets closer.
    void zoomAbout(double factor, double x, double y) {
        double worldX = worldX(x);
        double worldY = worldY(y);
        double wantedX = Math.clamp(scaleX * factor, MIN_SCALE, MAX_SCALE);
        double wantedY = Math.clamp(scaleY * factor, MIN_SCALE, MAX_SCALE);
        scaleX = factor > 1 && wantedX > wantedY ? Math.max(scaleX, wantedY) : wantedX;
        scaleY = factor > 1 && wantedY > wantedX ? Math.max(scaleY, wantedX) : wantedY;
        shiftX = x - worldX * scaleX;
        shiftY = y - worldY * scaleY;
    }

    /// Shows the whole layout in `width` by `height` pixels, never larger than life. One scale while
    /// cards stay legible as cards, else one for each axis.
    void fit(TreeLayout layout, double width, double height, double margin) {
        if (layout.size() == 0 || width <= 2 * margin || height <= 2 * margin) {
            return;
        }
        double fitX = Math.clamp((width - 2 * margin) / layout.width(), MIN_SCALE, 1);
        double fitY = Math.clamp((height - 2 * margin) / layout.height(), MIN_SCALE, 1);
        double both = Math.min(fitX, fitY);
        boolean legible = both * TreeLayout.CARD_HEIGHT >= TreePainter.CARD_PIXELS;
        scaleX = legible ? both : fitX;
        scaleY = legible ? both : fitY;
        shiftX = (width - layout.width() * scaleX) / 2 - layout.left[0] * scaleX;
        shiftY = (height - layout.height() * scaleY) / 2 - layout.top[0] * scaleY;
    }

    /// Moves as little as needed to have the card of `node` inside, `margin` from the edge.
    void reveal(TreeLayout layout, int node, double width, double height, double margin) {
        double x0 = screenX(layout.x[node]);
        double y0 = screenY(layout.y[node]);
        double x1 = x0 + TreeLayout.CARD_WIDTH * scaleX;
        double y1 = y0 + TreeLayout.CARD_HEIGHT * scaleY;
        shiftX += x0 < margin ? margin - x0 : Math.min(0, width - margin - x1);
        shiftY += y0 < margin ? margin - y0 : Math.min(0, height - margin - y1);
    }

    void centre(double worldX, double worldY, double width, double height) {
        shiftX = width / 2 - worldX * scaleX;
        shiftY = height / 2 - worldY * scaleY;
    }
}
