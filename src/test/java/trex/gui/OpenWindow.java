package trex.gui;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.image.Image;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;
import trex.gui.dialog.Closing;
import trex.gui.dialog.Dialogs;
import trex.gui.dialog.StageDialogs;
import trex.gui.shell.Png;
import trex.gui.shell.WorkbenchOptions;
import trex.gui.shell.WorkbenchWindow;
import trex.gui.study.StudyViewModel;
import trex.gui.theme.Look;
import trex.model.NodeId;
import trex.model.RunId;

/// A workbench window under test, with everything real but the file chooser.
final class OpenWindow {
    private static final int LIMIT_SECONDS = 20;

    final Stage stage;
    final WorkbenchWindow window;
    final AtomicBoolean closed = new AtomicBoolean();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> sentences = new CopyOnWriteArrayList<>();
    final FakeModels models = new FakeModels();
    private volatile @Nullable Path chosen;

    OpenWindow(Stage stage, FakeStudies studies, WorkbenchOptions options) {
        this.stage = stage;
        window = new WorkbenchWindow(stage, studies, models, new FakeSight(), options, workers, Answers::new);
        window.show(() -> closed.set(true));
    }

    /// What the file chooser will answer.
    void choose(Path file) {
        chosen = file;
    }

    /// Closes it without questions, with every popup and dialog.
    void close(FxRobot robot) {
        robot.release(new KeyCode[0]).release(new MouseButton[0]);
        robot.interact(() -> List.copyOf(Window.getWindows()).forEach(Window::hide));
        workers.shutdownNow();
    }

    /// What the dialogs said.
    List<String> sentences() {
        return sentences;
    }

    StudyViewModel study() {
        StudyViewModel study = window.workspace().current();
        if (study == null) {
            throw new IllegalStateException("no study is open");
        }
        return study;
    }

    Point2D card(int node) {
        Bounds bounds = window.tree().screenBounds(new NodeId(node));
        return new Point2D(bounds.getCenterX(), bounds.getCenterY());
    }

    static void await(Callable<Boolean> condition) {
        try {
            WaitForAsyncUtils.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS, condition);
        } catch (TimeoutException e) {
            throw new AssertionError("it did not happen within " + LIMIT_SECONDS + " s; the screen then is "
                    + pictureOfScreen(), e);
        }
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static Path pictureOfScreen() {
        Path file = Path.of("target", "screenshots", "failed-" + System.nanoTime() + ".png");
        WaitForAsyncUtils.asyncFx(() -> {
            Files.createDirectories(file.getParent());
            Image screen = new Robot().getScreenCapture(null, Screen.getPrimary().getBounds());
            return Files.write(file, Png.of(screen));
        });
        WaitForAsyncUtils.waitForFxEvents();
        return file;
    }

    /// Dialogs over the stage, with a file chooser that knows the answer.
    private final class Answers implements Dialogs {
        private final Dialogs real;

        private Answers(Stage stage, Look look) {
            real = new StageDialogs(stage, look);
        }

        @Override
        public void error(String sentence) {
            sentences.add(sentence);
            real.error(sentence);
        }

        @Override
        public Closing askClosing(List<RunId> running) {
            return real.askClosing(running);
        }

        @Override
        public Optional<Path> chooseFolder() {
            return Optional.ofNullable(chosen);
        }

        @Override
        public Optional<Path> chooseMission(@Nullable Path folder) {
            return Optional.ofNullable(chosen);
        }
    }
}
