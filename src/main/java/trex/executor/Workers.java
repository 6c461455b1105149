package trex.executor;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.model.RunId;

/// The workers of a home folder that run now, whichever workbench started them.
public final class Workers {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private final Path home;

    public Workers(Path home) {
        this.home = home.toAbsolutePath();
    }

    /// The runs whose worker is at work, in order of their names.
    public List<RunId> running() {
        return runningJobs().stream().map(job -> new RunId(job.path().getFileName().toString())).toList();
    }

    /// Asks the run's worker to end at its next step and keep its checkpoint.
    ///
    /// @return whether there is such a worker
    /// @throws IOException if the wish cannot be written
    public boolean stop(RunId run) throws IOException {
        boolean found = false;
        for (JobFolder job : runningJobs()) {
            if (job.path().getFileName().toString().equals(run.value())) {
                job.cancel();
                found = true;
            }
        }
        return found;
    }

    private List<JobFolder> runningJobs() {
        List<JobFolder> running = new ArrayList<>();
        for (Path study : folders(home.resolve("studies"))) {
            for (Path run : folders(study.resolve("runs"))) {
                JobFolder job = new JobFolder(run);
                if (isRunning(job)) {
                    running.add(job);
                }
            }
        }
        running.sort(Comparator.comparing(job -> job.path().getFileName().toString()));
        return running;
    }

    private static boolean isRunning(JobFolder job) {
        try {
            return job.state() instanceof JobState.Running;
        } catch (IOException e) {
            LOG.warn("cannot tell the state of {}", job.path(), e);
            return false;
        }
    }

    private static List<Path> folders(Path parent) {
        List<Path> folders = new ArrayList<>();
        if (Files.isDirectory(parent)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, Files::isDirectory)) {
                entries.forEach(folders::add);
            } catch (IOException e) {
                LOG.warn("cannot list {}", parent, e);
            }
        }
        return folders;
    }
}
