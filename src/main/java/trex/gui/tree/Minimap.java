package trex.gui.tree;

import javafx.scene.canvas.Canvas;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Rectangle;
import trex.gui.theme.CanvasColours;

/// The whole tree in a corner, with the part that the canvas shows; click or drag to go there.
public final class Minimap extends Pane {
    private static final double WIDTH = 168;
    private static final double HEIGHT = 104;
    private static final double MARGIN = 6;

    private final TreeCanvas tree;
    private final Canvas canvas = new Canvas(WIDTH, HEIGHT);
    private final Rectangle frame = new Rectangle();
    private final Viewport overview = new Viewport();
    private final TreePainter painter;
    private TreePicture drawn = TreePicture.EMPTY;
    private boolean dirty = true;

    public Minimap(TreeCanvas tree, CanvasColours colours) {
        this.tree = tree;
        painter = new TreePainter(colours);
        setId("minimap");
        getStyleClass().add("minimap");
        setMinSize(WIDTH, HEIGHT);
        setPrefSize(WIDTH, HEIGHT);
        setMaxSize(WIDTH, HEIGHT);
        setClip(new Rectangle(WIDTH, HEIGHT));
        frame.getStyleClass().add("minimap-frame");
        frame.setMouseTransparent(true);
        getChildren().addAll(canvas, frame);
        setOnMousePressed(this::go);
        setOnMouseDragged(this::go);
    }

    public void recolour(CanvasColours colours) {
        painter.recolour(colours);
        dirty = true;
    }

    /// Follows the canvas. Called once a pulse; the overview is drawn anew only for another picture.
    public void pulse() {
        TreePicture picture = tree.picture();
        boolean wanted = picture.size() > 1 && overflows();
        setVisible(wanted);
        if (!wanted) {
            return;
        }
        if (dirty || picture != drawn) {
            dirty = false;
            drawn = picture;
            overview.fit(picture.layout(), WIDTH, HEIGHT, MARGIN);
            painter.paint(canvas.getGraphicsContext2D(), picture, overview, WIDTH, HEIGHT, -1, _ -> 0);
        }
        Viewport view = tree.viewport();
        double x0 = overview.screenX(view.worldX(0));
        double y0 = overview.screenY(view.worldY(0));
        frame.setX(x0);
        frame.setY(y0);
        frame.setWidth(Math.max(2, overview.screenX(view.worldX(tree.getWidth())) - x0));
        frame.setHeight(Math.max(2, overview.screenY(view.worldY(tree.getHeight())) - y0));
    }

    private boolean overflows() {
        TreeLayout layout = tree.picture().layout();
        Viewport view = tree.viewport();
        return view.screenX(layout.left[0]) < -1 || view.screenY(layout.top[0]) < -1
                || view.screenX(layout.right[0]) > tree.getWidth() + 1
                || view.screenY(layout.bottom[0]) > tree.getHeight() + 1;
    }

    private void go(MouseEvent e) {
        tree.centreOn(overview.worldX(e.getX()), overview.worldY(e.getY()));
        e.consume();
    }
}
