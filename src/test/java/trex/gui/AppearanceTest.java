package trex.gui;

import static org.assertj.core.api.Assertions.assertThat;
import static trex.gui.OpenWindow.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Scene;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import trex.gui.shell.Png;
import trex.gui.shell.WorkbenchOptions;
import trex.model.NodeId;
import trex.model.RunId;
import trex.model.StudySettings;

/// How the window looks: no style sheet warns, and a picture of every view is kept in
/// `target/screenshots`.
@ScreenTest
class AppearanceTest {
    private static final Path PICTURES = Path.of("target", "screenshots");

    private final FakeStudies studies = new FakeStudies();
    private final FakeStudy played = studies.study(Samples.mission(), StudySettings.DEFAULT);
    private final StyleWarnings styles = new StyleWarnings();
    @SuppressWarnings("NullAway.Init") // set by start, before any test
    private OpenWindow open;

    @Start
    void start(Stage stage) {
        stage.setX(0);
        stage.setY(0);
        open = new OpenWindow(stage, studies, WorkbenchOptions.DEFAULT.withMissions(Path.of("ft-bench")));
    }

    @AfterEach
    void close(FxRobot robot) {
        styles.close();
        open.close(robot);
    }

    @Test
    void everyViewIsDrawnInBothThemesWithoutAStyleWarning(FxRobot robot) throws IOException {
        await(() -> open.window.workspace().current() != null && open.study().controlProperty().get() != null);
        shoot(robot, open.stage, "preparing");
        Preview.script(played, 400);
        await(() -> open.window.tree().picture().size() == 10 && !open.window.tree().isDirty());
        await(() -> robot.lookup("#approve").tryQuery().isPresent() && robot.lookup("#approve").query().isVisible());
        for (String theme : List.of("dark", "light")) {
            robot.interact(() -> robot.lookup("#menu-bar").tryQuery());
            theme(robot, theme);
            resize(robot, 1500, 900);
            shoot(robot, open.stage, "proposal-" + theme);
            resize(robot, 1280, 800);
            shoot(robot, open.stage, "proposal-small-" + theme);
            select(robot, 8);
            shoot(robot, open.stage, "running-" + theme);
            select(robot, 6);
            robot.clickOn("#tab-leaderboard");
            shoot(robot, open.stage, "failed-leaderboard-" + theme);
            robot.clickOn("#tab-log");
            shoot(robot, open.stage, "log-" + theme);
            robot.clickOn("#tab-loss");
            robot.clickOn("#button-palette");
            shoot(robot, topmost(), "palette-" + theme);
            robot.type(javafx.scene.input.KeyCode.ESCAPE);
            robot.clickOn("#button-new");
            await(() -> robot.lookup("sst2").tryQuery().isPresent());
            robot.clickOn(robot.lookup("#missions").lookup("sst2").<javafx.scene.Node>query());
            await(() -> robot.lookup("#mission-name").tryQuery().isPresent() && robot.lookup("#mission-name").query().isVisible());
            shoot(robot, topmost(), "new-study-" + theme);
            robot.clickOn("#new-study-cancel");
            studies.workers().add(new RunId("sst2-1-n8-v1"));
            robot.interactNoWait(open.window::requestClose);
            await(() -> robot.lookup("#closing-dialog").tryQuery().isPresent());
            shoot(robot, topmost(), "closing-" + theme);
            robot.clickOn("Cancel");
            studies.workers().clear();
            select(robot, 9);
        }
        assertThat(styles.warnings()).isEmpty();
    }

    private void theme(FxRobot robot, String name) {
        robot.interact(() -> robot.lookup(".menu-bar").<javafx.scene.control.MenuBar>query().getMenus().stream()
                .flatMap(m -> m.getItems().stream()).filter(i -> ("menu-theme-" + name).equals(i.getId()))
                .forEach(i -> i.fire()));
    }

    private void resize(FxRobot robot, double width, double height) {
        robot.interact(() -> {
            open.stage.setWidth(width);
            open.stage.setHeight(height);
        });
        robot.interact(() -> { });
    }

    private void select(FxRobot robot, int node) {
        robot.interact(() -> open.study().selectedProperty().set(new NodeId(node)));
    }

    private Window topmost() {
        return Window.getWindows().stream().filter(w -> w != open.stage && w.isShowing()).reduce((_, last) -> last).orElseThrow();
    }

    private static void shoot(FxRobot robot, Window window, String name) throws IOException {
        Files.createDirectories(PICTURES);
        robot.sleep(400);
        Scene scene = window.getScene();
        byte[][] png = new byte[1][];
        robot.interact(() -> {
            try {
                png[0] = Png.of(scene.snapshot(null));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        Files.write(PICTURES.resolve(name + ".png"), png[0]);
    }
}
