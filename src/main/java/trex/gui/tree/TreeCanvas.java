package trex.gui.tree;

import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import trex.gui.theme.CanvasColours;
import trex.model.NodeId;

/// The search tree: drag to pan, wheel to zoom, click or arrow keys to select. Redraws on
/// [#pulse()], and only when something changed while it is shown.
public final class TreeCanvas extends Region {
    private static final double FIT_MARGIN = 28;
    private static final double REVEAL_MARGIN = 24;
    private static final double TIP_WIDTH = 380;

    private final Canvas canvas = new Canvas();
    private final Viewport view = new Viewport();
    private final ObjectProperty<@Nullable NodeId> selected = new SimpleObjectProperty<>();
    private final TreePainter painter;
    private final Tooltip tip = new Tooltip();
    private @Nullable NodeId explained;
    private IntToDoubleFunction progress = _ -> 0;
    private TreePicture picture = TreePicture.EMPTY;
    private boolean dirty = true;
    private boolean following = true;
    private double pressedX;
    private double pressedY;
    private long paintNanos;

    public TreeCanvas(CanvasColours colours) {
        painter = new TreePainter(colours);
        setId("search-tree");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.TREE_VIEW);
        setMinSize(0, 0);
        getChildren().add(canvas);
        setOnMousePressed(this::pressed);
        setOnMouseDragged(this::dragged);
        setOnMouseClicked(this::clicked);
        setOnScroll(this::scrolled);
        setOnMouseMoved(e -> explain(at(e.getX(), e.getY())));
        tip.setWrapText(true);
        tip.setMaxWidth(TIP_WIDTH);
        tip.setShowDelay(Duration.millis(500));
        addEventHandler(KeyEvent.KEY_PRESSED, this::typed);
        selected.addListener((_, _, now) -> selectionMoved(now));
    }

    public ObjectProperty<@Nullable NodeId> selectedProperty() {
        return selected;
    }

    /// Shows another snapshot. As long as the person has not moved the view, it keeps showing the
    /// whole tree.
    public void show(TreePicture changed) {
        picture = changed;
        if (following) {
            view.fit(picture.layout(), getWidth(), getHeight(), FIT_MARGIN);
        }
        selectionMoved(selected.get());
        dirty = true;
    }

    public TreePicture picture() {
        return picture;
    }

    /// @param changed how much of a running node is done, `0..1`
    public void progress(IntToDoubleFunction changed) {
        progress = changed;
    }

    public void recolour(CanvasColours colours) {
        painter.recolour(colours);
        dirty = true;
    }

    public void repaintSoon() {
        dirty = true;
    }

    /// Whether the next pulse will draw.
    public boolean isDirty() {
        return dirty;
    }

    /// Draws if something changed. Called once a pulse.
    public void pulse() {
        if (dirty && getWidth() > 0 && getHeight() > 0) {
            dirty = false;
            long start = System.nanoTime();
            painter.paint(canvas.getGraphicsContext2D(), picture, view, getWidth(), getHeight(), selectedIndex(), progress);
            paintNanos = System.nanoTime() - start;
        }
    }

    /// What the last drawing cost on the screen's thread.
    public long paintNanos() {
        return paintNanos;
    }

    /// Shows the whole tree, and keeps doing so as it grows.
    public void fit() {
        following = true;
        view.fit(picture.layout(), getWidth(), getHeight(), FIT_MARGIN);
        dirty = true;
    }

    public void zoom(double factor) {
        zoomAbout(factor, getWidth() / 2, getHeight() / 2);
    }

    public double scale() {
        return view.scaleY();
    }

    /// Brings a node's card into view.
    public void reveal(NodeId node) {
        if (node.value() < picture.size()) {
            view.reveal(picture.layout(), node.value(), getWidth(), getHeight(), REVEAL_MARGIN);
            dirty = true;
        }
    }

    /// Puts a node's card in the middle.
    public void centre(NodeId node) {
        if (node.value() < picture.size()) {
            following = false;
            centreOn(picture.layout().x(node.value()) + TreeLayout.CARD_WIDTH / 2,
                    picture.layout().y(node.value()) + TreeLayout.CARD_HEIGHT / 2);
        }
    }

    void centreOn(double worldX, double worldY) {
        following = false;
        view.centre(worldX, worldY, getWidth(), getHeight());
        dirty = true;
    }

    Viewport viewport() {
        return view;
    }

    /// Where a node's card is on the screen, for tests and popups.
    public Bounds screenBounds(NodeId node) {
        TreeLayout layout = picture.layout();
        return localToScreen(new BoundingBox(view.screenX(layout.x(node.value())), view.screenY(layout.y(node.value())),
                TreeLayout.CARD_WIDTH * view.scaleX(), TreeLayout.CARD_HEIGHT * view.scaleY()));
    }

    /// The node under a point of this canvas, or null.
    public @Nullable NodeId at(double x, double y) {
        TreeLayout t = picture.layout();
        double worldX = view.worldX(x);
        double worldY = view.worldY(y);
        for (int i = 0; i < picture.size(); i++) {
            if (worldX >= t.x[i] && worldX <= t.x[i] + TreeLayout.CARD_WIDTH
                    && worldY >= t.y[i] && worldY <= t.y[i] + TreeLayout.CARD_HEIGHT) {
                return new NodeId(i);
            }
        }
        return null;
    }

    @Override
    protected void layoutChildren() {
        if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
            canvas.setWidth(getWidth());
            canvas.setHeight(getHeight());
            if (following) {
                view.fit(picture.layout(), getWidth(), getHeight(), FIT_MARGIN);
            }
            dirty = true;
            pulse();
        }
    }

    private void selectionMoved(@Nullable NodeId now) {
        setAccessibleText(now != null && now.value() < picture.size()
                ? picture.spoken(now.value()) : "search tree of " + picture.size() + " nodes");
        dirty = true;
    }

    private int selectedIndex() {
        NodeId id = selected.get();
        return id == null || id.value() >= picture.size() ? -1 : id.value();
    }

    /// Another card under the pointer has a tip of its own; between cards there is none.
    private void explain(@Nullable NodeId hit) {
        if (Objects.equals(hit, explained)) {
            return;
        }
        explained = hit;
        Tooltip.uninstall(this, tip);
        tip.hide();
        if (hit != null) {
            tip.setText(picture.tip(hit.value()));
            Tooltip.install(this, tip);
        }
    }

    private void pressed(MouseEvent e) {
        requestFocus();
        pressedX = e.getX();
        pressedY = e.getY();
        NodeId hit = at(e.getX(), e.getY());
        if (e.getButton() == MouseButton.SECONDARY && hit != null) {
            selected.set(hit);
        }
    }

    private void dragged(MouseEvent e) {
        following = false;
        view.pan(e.getX() - pressedX, e.getY() - pressedY);
        pressedX = e.getX();
        pressedY = e.getY();
        dirty = true;
    }

    private void clicked(MouseEvent e) {
        if (!e.isStillSincePress() || e.getButton() != MouseButton.PRIMARY) {
            return;
        }
        NodeId hit = at(e.getX(), e.getY());
        if (hit != null) {
            selected.set(hit);
        } else if (e.getClickCount() == 2) {
            fit();
        }
    }

    private void scrolled(ScrollEvent e) {
        zoomAbout(Math.pow(1.0015, e.getDeltaY()), e.getX(), e.getY());
        e.consume();
    }

    private void zoomAbout(double factor, double x, double y) {
        following = false;
        view.zoomAbout(factor, x, y);
        dirty = true;
    }

    private void typed(KeyEvent e) {
        if (e.isShortcutDown() || e.isAltDown() || picture.size() == 0 || !isArrow(e.getCode())) {
            return;
        }
        int next = TreeSteps.from(picture.layout(), Math.max(0, selectedIndex()), e.getCode());
        selected.set(new NodeId(next));
        reveal(new NodeId(next));
        e.consume();
    }

    private static boolean isArrow(KeyCode code) {
        return code.isArrowKey() || code == KeyCode.HOME;
    }
}
