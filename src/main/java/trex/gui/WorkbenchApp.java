package trex.gui;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Logger;
import javafx.application.Platform;
import javafx.stage.Stage;
import trex.gui.dialog.StageDialogs;
import trex.gui.models.Models;
import trex.gui.newstudy.DataSight;
import trex.gui.shell.WorkbenchOptions;
import trex.gui.shell.WorkbenchWindow;
import trex.loop.Studies;

/// Opens the workbench. Not a JavaFX `Application`: a main class on the class path must not be one,
/// and a window made by hand gets what it needs through its constructor.
public final class WorkbenchApp {
    /// JavaFX warns that it is on the class path, where this program wants it.
    private static final Logger JAVAFX = Logger.getLogger("javafx");

    private WorkbenchApp() {}

    /// Shows the window and returns once it is closed. Studies that go on are the caller's to close.
    ///
    /// @throws UnsupportedOperationException if there is no display
    public static void launch(Studies studies, Models models, DataSight sight, WorkbenchOptions options)
            throws InterruptedException {
        JAVAFX.setFilter(r -> !String.valueOf(r.getMessage()).startsWith("Unsupported JavaFX configuration"));
        CountDownLatch closed = new CountDownLatch(1);
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            Platform.startup(() -> new WorkbenchWindow(new Stage(), studies, models, sight, options, workers,
                    StageDialogs::new).show(closed::countDown));
            try {
                closed.await();
                workers.shutdownNow();
            } finally {
                Platform.exit(); // only after a start: without one it waits for ever
            }
        }
    }
}
