package trex.gui.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.Scene;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.gui.study.StudyViewModel;
import trex.model.Run;
import trex.model.StudyState;

/// Waits for the moment that a wanted picture asks for, and takes it.
final class SnapshotTaker {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotTaker.class);
    private static final double DRAWN_SHARE = 0.5;

    private final WorkbenchOptions.Snapshot wanted;
    private final long start = System.nanoTime();
    private boolean taken;

    SnapshotTaker(WorkbenchOptions.Snapshot wanted) {
        this.wanted = wanted;
    }

    /// Takes the picture if this is the moment; tells whether it did just now.
    boolean look(Scene scene, @Nullable StudyViewModel study) {
        if (taken || !isMoment(study)) {
            return false;
        }
        taken = true;
        write(scene, wanted.file());
        return true;
    }

    static void write(Scene scene, Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.write(file, Png.of(scene.snapshot(null)));
        } catch (IOException e) {
            LOG.error("cannot write the picture {}", file, e);
        }
    }

    private boolean isMoment(@Nullable StudyViewModel study) {
        if (System.nanoTime() - start > wanted.seconds() * 1e9) {
            return true;
        }
        if (study == null) {
            return false;
        }
        return study.stateProperty().get() == StudyState.FINISHED || study.rounds() >= wanted.rounds() && isDrawing(study);
    }

    private static boolean isDrawing(StudyViewModel study) {
        for (Run run : study.activeRuns()) {
            var track = study.tracks().find(run.id());
            if (track != null && track.step() != null && track.fraction() >= DRAWN_SHARE) {
                return true;
            }
        }
        return false;
    }
}
