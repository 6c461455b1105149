package trex.executor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.fetch.Folders;
import trex.lm.BaseModel;
import trex.lm.ModelConfig;
import trex.lm.ModelReader;
import trex.lm.UnreadableModel;
import trex.loop.Disk;
import trex.model.ModelFiles;
import trex.model.Recipe;
import trex.model.RunId;
import trex.model.StudyId;

/// The disk with the home folder.
public final class LocalDisk implements Disk {
    private static final Logger LOG = LoggerFactory.getLogger(LocalDisk.class);
    /// Of a job folder, beside checkpoints: progress, logs, answers.
    private static final long REST = 1 << 20;

    private final Path home;
    private final Map<ModelFiles, Optional<ModelConfig>> shapes = new ConcurrentHashMap<>();

    public LocalDisk(Path home) {
        this.home = home.toAbsolutePath();
    }

    @Override
    public Need need(ModelFiles model, Recipe recipe) {
        return shapes.computeIfAbsent(model, LocalDisk::shape)
                .map(shape -> new Need(REST + Resources.disk(shape, recipe), REST + Resources.kept(shape, recipe)))
                .orElse(Need.UNKNOWN);
    }

    /// Nothing for a model that cannot be read: the run itself will say why.
    private static Optional<ModelConfig> shape(ModelFiles model) {
        try (BaseModel base = ModelReader.open(Path.of(model.path()))) {
            return Optional.of(base.config());
        } catch (UnreadableModel e) {
            LOG.warn("what trainings of {} take on the disk is not known", model.path(), e);
            return Optional.empty();
        }
    }

    @Override
    public Room room() {
        return new Room(DiskSpace.usable(home), home.toString());
    }

    @Override
    public long held(StudyId study) {
        return FileTree.bytes(home.resolve("studies").resolve(study.value()).resolve("runs"));
    }

    @Override
    public long held(StudyId study, RunId run) {
        return FileTree.bytes(JobFolder.of(home, study, run).path());
    }

    @Override
    public void release(StudyId study, RunId run) {
        JobFolder job = JobFolder.of(home, study, run);
        try {
            for (Attempt attempt : job.attempts()) {
                Folders.remove(attempt.checkpoints());
            }
        } catch (IOException e) {
            LOG.warn("the checkpoints of {} cannot be deleted and go on taking room", job.path(), e);
        }
    }
}
