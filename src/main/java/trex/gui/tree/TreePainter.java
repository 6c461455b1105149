package trex.gui.tree;

import java.util.function.IntToDoubleFunction;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import trex.gui.theme.CanvasColours;
import trex.gui.theme.ScoreRamp;

/// Draws the part of a tree that a viewport shows. Subtrees outside are skipped by their box; a card
/// becomes a rectangle and a subtree one rectangle as they get too small to tell apart.
final class TreePainter {
    /// A card is drawn as such from this height on, with text from [#TEXT_PIXELS] on.
    static final double CARD_PIXELS = 9;

    private static final double TEXT_PIXELS = 22;
    private static final double SUBTREE_PIXELS = 3;
    private static final double TITLE_SIZE = 12.5;
    private static final int SHADES = 32;

    private final TextWidth widths = new TextWidth(Font.getDefault().getFamily());
    private final Color[] strong = new Color[SHADES];
    private final Color[] soft = new Color[SHADES];
    private int[] stack = new int[64];
    private int[] visible = new int[64];
    private int count;
    private CanvasColours colours;
    private double fontScale = -1;
    private Font title = Font.getDefault();
    private Font detail = Font.getDefault();

    TreePainter(CanvasColours colours) {
        this.colours = colours;
        recolour(colours);
    }

    void recolour(CanvasColours changed) {
        colours = changed;
        for (int i = 0; i < SHADES; i++) {
            strong[i] = ScoreRamp.colour(i / (SHADES - 1.0));
            soft[i] = changed.card().interpolate(strong[i], 0.3);
        }
    }

    /// @param selected the selected node, or -1
    /// @param progress how much of a running node is done, `0..1`
    void paint(GraphicsContext g, TreePicture picture, Viewport view, double width, double height, int selected,
            IntToDoubleFunction progress) {
        g.setFill(colours.background());
        g.fillRect(0, 0, width, height);
        if (picture.size() == 0) {
            return;
        }
        if (stack.length < picture.size() + 1) {
            stack = new int[picture.size() + 1];
            visible = new int[picture.size() + 1];
        }
        boolean cards = TreeLayout.CARD_HEIGHT * view.scaleY() >= CARD_PIXELS;
        paintEdges(g, picture, view, width, height, cards);
        if (cards) {
            paintBestPath(g, picture, view, width, height);
            chooseFonts(view.scaleY());
        }
        for (int i = 0; i < count; i++) {
            int node = visible[i];
            if (node < 0) {
                paintSubtree(g, picture, view, ~node);
            } else if (onScreen(picture, view, node, width, height)) {
                paintNode(g, picture, view, node, cards, node == selected, progress);
            }
        }
        if (!cards && selected >= 0) {
            paintMark(g, picture, view, selected);
        }
    }

    /// Collects what is visible on the way down; a collapsed subtree is stored as its complement.
    private void paintEdges(GraphicsContext g, TreePicture picture, Viewport view, double width, double height,
            boolean curved) {
        TreeLayout t = picture.layout();
        double x0 = view.worldX(0);
        double y0 = view.worldY(0);
        double x1 = view.worldX(width);
        double y1 = view.worldY(height);
        count = 0;
        int top = 0;
        stack[top++] = 0;
        double lastX = Double.NEGATIVE_INFINITY;
        double lastY = Double.NEGATIVE_INFINITY;
        g.setStroke(colours.edge());
        g.setLineWidth(Math.clamp(view.scaleY() * 1.5, 0.6, 1.5));
        g.beginPath();
        while (top > 0) {
            int v = stack[--top];
            if (t.right[v] < x0 || t.left[v] > x1 || t.bottom[v] < y0 || t.top[v] > y1) {
                continue;
            }
            if ((t.bottom[v] - t.top[v]) * view.scaleY() < SUBTREE_PIXELS && t.children[v].length > 0) {
                visible[count++] = ~v;
                continue;
            }
            visible[count++] = v;
            double fromX = view.screenX(t.x[v] + TreeLayout.CARD_WIDTH);
            double fromY = view.screenY(t.y[v] + TreeLayout.CARD_HEIGHT / 2);
            for (int k = t.children[v].length - 1; k >= 0; k--) {
                int child = t.children[v][k];
                stack[top++] = child;
                double toX = view.screenX(t.x[child]);
                double toY = view.screenY(t.y[child] + TreeLayout.CARD_HEIGHT / 2);
                boolean same = !curved && Math.abs(toY - lastY) < 2 && Math.abs(fromX - lastX) < 2;
                if (!same && crosses(fromX, fromY, toX, toY, width, height)) {
                    lastX = fromX;
                    lastY = toY;
                    edge(g, fromX, fromY, toX, toY, height, curved);
                }
            }
        }
        g.stroke();
    }

    private static boolean crosses(double x0, double y0, double x1, double y1, double width, double height) {
        return Math.max(x0, x1) >= 0 && Math.min(x0, x1) <= width && Math.max(y0, y1) >= 0 && Math.min(y0, y1) <= height;
    }

    /// A rasteriser pays for every pixel of a long edge, seen or not: what leaves the screen is cut.
    private static void edge(GraphicsContext g, double x0, double y0, double x1, double y1, double height,
            boolean curved) {
        boolean far = Math.abs(y1 - y0) > 2 * height;
        if (curved && !far) {
            double middle = (x0 + x1) / 2;
            g.moveTo(x0, y0);
            g.bezierCurveTo(middle, y0, middle, y1, x1, y1);
            return;
        }
        double from = Math.clamp(y0, -20, height + 20);
        double to = Math.clamp(y1, -20, height + 20);
        double share0 = y1 == y0 ? 0 : (from - y0) / (y1 - y0);
        double share1 = y1 == y0 ? 1 : (to - y0) / (y1 - y0);
        g.moveTo(x0 + (x1 - x0) * share0, from);
        g.lineTo(x0 + (x1 - x0) * share1, to);
    }

    private void paintBestPath(GraphicsContext g, TreePicture picture, Viewport view, double width, double height) {
        TreeLayout t = picture.layout();
        int[] path = picture.bestPath();
        g.setStroke(colours.best());
        g.setLineWidth(Math.clamp(view.scaleY() * 2.5, 1, 3));
        g.beginPath();
        for (int i = 1; i < path.length; i++) {
            double fromX = view.screenX(t.x[path[i - 1]] + TreeLayout.CARD_WIDTH);
            double fromY = view.screenY(t.y[path[i - 1]] + TreeLayout.CARD_HEIGHT / 2);
            double toX = view.screenX(t.x[path[i]]);
            double toY = view.screenY(t.y[path[i]] + TreeLayout.CARD_HEIGHT / 2);
            if (crosses(fromX, fromY, toX, toY, width, height)) {
                edge(g, fromX, fromY, toX, toY, height, true);
            }
        }
        g.stroke();
    }

    private static boolean onScreen(TreePicture picture, Viewport view, int node, double width, double height) {
        double x = view.screenX(picture.layout().x[node]);
        double y = view.screenY(picture.layout().y[node]);
        return x < width && y < height && x + TreeLayout.CARD_WIDTH * view.scaleX() > 0
                && y + TreeLayout.CARD_HEIGHT * view.scaleY() > 0;
    }

    private void paintSubtree(GraphicsContext g, TreePicture picture, Viewport view, int node) {
        TreeLayout t = picture.layout();
        g.setFill(strong[index(picture.subtreeShade(node))]);
        g.fillRect(view.screenX(t.left[node]), view.screenY(t.top[node]),
                Math.max(2, (t.right[node] - t.left[node]) * view.scaleX()),
                Math.max(1, (t.bottom[node] - t.top[node]) * view.scaleY()));
    }

    private void paintNode(GraphicsContext g, TreePicture picture, Viewport view, int node, boolean cards,
            boolean selected, IntToDoubleFunction progress) {
        Card card = picture.card(node);
        double x = view.screenX(picture.layout().x[node]);
        double y = view.screenY(picture.layout().y[node]);
        double w = TreeLayout.CARD_WIDTH * view.scaleX();
        double h = TreeLayout.CARD_HEIGHT * view.scaleY();
        if (!cards) {
            g.setFill(tone(card));
            g.fillRect(x, y, Math.max(1, w), Math.max(1, h));
            return;
        }
        paintCard(g, card, x, y, w, h, selected);
        if (h >= TEXT_PIXELS) {
            paintText(g, card, x, y, w, h);
        }
        if (card.pruned()) {
            g.setFill(colours.veil());
            g.fillRoundRect(x, y, w, h, h / 6, h / 6);
        }
        if (card.state() == trex.model.NodeState.RUNNING) {
            paintProgress(g, x, y, w, h, progress.applyAsDouble(node));
        }
    }

    private void paintCard(GraphicsContext g, Card card, double x, double y, double w, double h, boolean selected) {
        double arc = h / 6;
        boolean scored = !Double.isNaN(card.shade());
        Color tone = tone(card);
        g.setFill(scored ? soft[index(card.shade())] : colours.card());
        g.fillRoundRect(x, y, w, h, arc, arc);
        g.setFill(tone);
        g.fillRoundRect(x, y, Math.max(3, h / 11), h, arc / 2, arc / 2);
        boolean waits = card.state() == trex.model.NodeState.PROPOSED;
        g.setStroke(selected ? colours.accent() : card.best() ? colours.best() : waits ? colours.waiting()
                : scored ? tone.deriveColor(0, 1, 1, 0.55) : colours.edge());
        g.setLineWidth(selected ? 2.5 : card.best() || waits ? 1.8 : 1);
        if (waits && !selected) {
            g.setLineDashes(5, 4);
        }
        g.strokeRoundRect(x, y, w, h, arc, arc);
        g.setLineDashes();
    }

    private void paintText(GraphicsContext g, Card card, double x, double y, double w, double h) {
        double pad = Math.max(8, h / 5);
        double size = TITLE_SIZE * fontScale;
        double room = w - pad - h / 8;
        boolean two = h >= 2.3 * size + 4;
        g.setTextBaseline(VPos.CENTER);
        g.setFont(title);
        g.setFill(colours.text());
        String text = two ? card.title() : card.title() + "  " + card.detail();
        g.fillText(widths.fit((card.best() ? "★ " : "") + text, size * 1.04, room), x + pad, two ? y + h * 0.32 : y + h / 2);
        if (two) {
            g.setFont(detail);
            g.setFill(Double.isNaN(card.shade()) ? stateColour(card) : colours.text().deriveColor(0, 1, 1, 0.8));
            g.fillText(widths.fit(card.detail(), size * 0.92, room), x + pad, y + h * 0.7);
        }
    }

    private void paintProgress(GraphicsContext g, double x, double y, double w, double h, double done) {
        double thick = Math.max(2, h / 14);
        g.setFill(colours.accent());
        g.fillRoundRect(x, y + h - thick, w * Math.clamp(done, 0.02, 1), thick, thick, thick);
    }

    /// A selected node too small for a border of its own.
    private void paintMark(GraphicsContext g, TreePicture picture, Viewport view, int node) {
        g.setStroke(colours.accent());
        g.setLineWidth(2);
        double w = Math.max(8, TreeLayout.CARD_WIDTH * view.scaleX());
        double h = Math.max(8, TreeLayout.CARD_HEIGHT * view.scaleY());
        g.strokeRect(view.screenX(picture.layout().x[node]) - 2, view.screenY(picture.layout().y[node]) - 2, w + 4, h + 4);
    }

    private Color tone(Card card) {
        return Double.isNaN(card.shade()) ? stateColour(card) : strong[index(card.shade())];
    }

    private Color stateColour(Card card) {
        return switch (card.state()) {
            case PROPOSED -> colours.waiting();
            case QUEUED, COMPLETED, REJECTED, SKIPPED -> colours.muted();
            case RUNNING -> colours.accent();
            case FAILED -> colours.danger();
        };
    }

    private void chooseFonts(double scale) {
        double wanted = Math.clamp(Math.round(scale * 8) / 8.0, 0.85, 1.75);
        if (wanted != fontScale) {
            fontScale = wanted;
            String family = Font.getDefault().getFamily();
            title = Font.font(family, FontWeight.BOLD, TITLE_SIZE * wanted * 0.96);
            detail = Font.font(family, TITLE_SIZE * wanted * 0.92);
        }
    }

    private static int index(double shade) {
        return (int) Math.clamp(shade * (SHADES - 1), 0, SHADES - 1);
    }
}
