package trex.gui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import trex.gui.theme.Theme;
import trex.gui.tree.TreeCanvas;
import trex.gui.tree.TreePicture;

/// What drawing a tree costs on the screen's thread, and what it costs with the rasteriser's part up
/// to the pixels; the figures go to `target/tree-paint.txt`.
@ScreenTest
@Tag("slow")
class TreePaintTest {
    private static final int FRAMES = 60;
    private static final int WIDTH = 1100;
    private static final int HEIGHT = 700;
    private static final double FRAME_MILLIS = 1000.0 / 60;

    @SuppressWarnings("NullAway.Init") // set by start, before any test
    private TreeCanvas tree;

    @Start
    void start(Stage stage) {
        tree = new TreeCanvas(Theme.DARK.canvas());
        stage.setScene(new Scene(tree, WIDTH, HEIGHT));
        stage.show();
    }

    @Test
    void aTreeOf500NodesIsDrawnWithinAFrame(FxRobot robot) throws Exception {
        StringBuilder report = new StringBuilder();
        for (int size : List.of(500, 10_000)) {
            TreePicture picture = TreePicture.of(Samples.tree(size, 7), Samples.mission(), null);
            for (double zoom : List.of(1.0, 8.0)) {
                double[] drawn = new double[FRAMES];
                double[] shown = new double[FRAMES];
                paint(robot, picture, zoom, drawn, shown);
                report.append(String.format(Locale.ROOT, "%d nodes, zoom %.0f: median %.2f ms, with pixels %.2f ms%n",
                        size, zoom, drawn[FRAMES / 2], shown[FRAMES / 2]));
                assertThat(drawn[FRAMES / 2]).as("%d nodes, zoom %.0f", size, zoom).isLessThan(FRAME_MILLIS);
            }
        }
        Files.writeString(Path.of("target", "tree-paint.txt"), report);
    }

    private void paint(FxRobot robot, TreePicture picture, double zoom, double[] drawn, double[] shown) {
        robot.interact(() -> {
            tree.show(picture);
            tree.fit();
            tree.zoom(zoom);
        });
        WritableImage pixels = new WritableImage(WIDTH, HEIGHT);
        for (int i = 0; i < FRAMES; i++) {
            int frame = i;
            robot.interact(() -> {
                long start = System.nanoTime();
                tree.repaintSoon();
                tree.pulse();
                drawn[frame] = tree.paintNanos() / 1e6;
                tree.snapshot(null, pixels);
                shown[frame] = (System.nanoTime() - start) / 1e6;
            });
        }
        Arrays.sort(drawn);
        Arrays.sort(shown);
    }
}
