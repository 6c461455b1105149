package trex.gui;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.testfx.util.WaitForAsyncUtils;
import trex.gui.dialog.Closing;
import trex.gui.dialog.Dialogs;
import trex.gui.dialog.StageDialogs;
import trex.gui.shell.WorkbenchOptions;
import trex.gui.shell.WorkbenchWindow;
import trex.gui.study.StudyViewModel;
import trex.gui.theme.Look;
import trex.model.NodeId;
import trex.model.RunId;

/// A workbench window under test, with everything real but the file chooser.
final class OpenWindow {
    private static final int LIMIT_SECONDS = 30;

    final Stage stage;
    final WorkbenchWindow window;
    final AtomicBoolean closed = new AtomicBoolean();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private volatile @Nullable Path chosen;

    OpenWindow(Stage stage, FakeStudies studies, WorkbenchOptions options) {
        this.stage = stage;
        window = new WorkbenchWindow(stage, studies, options, workers, Answers::new);
        window.show(() -> closed.set(true));
    }

    /// What the file chooser will answer.
    void choose(Path file) {
        chosen = file;
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
            throw new AssertionError("it did not happen within " + LIMIT_SECONDS + " s", e);
        }
        WaitForAsyncUtils.waitForFxEvents();
    }

    /// Dialogs over the stage, with a file chooser that knows the answer.
    private final class Answers implements Dialogs {
        private final Dialogs real;

        private Answers(Stage stage, Look look) {
            real = new StageDialogs(stage, look);
        }

        @Override
        public void error(String sentence) {
            real.error(sentence);
        }

        @Override
        public Closing askClosing(List<RunId> running) {
            return real.askClosing(running);
        }

        @Override
        public Optional<Path> chooseMission(@Nullable Path folder) {
            return Optional.ofNullable(chosen);
        }
    }
}
