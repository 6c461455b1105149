package trex.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.model.Checkpoint;
import trex.model.RunCost;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.RunRequest;

/// The completed work of a study by its digest, so that identical work is taken over instead of
/// being repeated. An entry is a small file with the run's name.
final class FinishedWork {
    private static final Logger LOG = LoggerFactory.getLogger(FinishedWork.class);

    private final Path home;
    private final @Nullable String code;

    /// @param code digest of the program, or null where nothing shall be reused
    FinishedWork(Path home, @Nullable String code) {
        this.home = home;
        this.code = code;
    }

    /// Notes that a run has completed its work. An entry that cannot be written costs a repetition
    /// at worst, and must not cost the run its outcome.
    void note(RunRequest request) {
        if (code == null) {
            return;
        }
        Path entry = entry(request, code);
        try {
            Files.createDirectories(entry.getParent());
            DurableFiles.publish(entry, request.id().value());
        } catch (IOException e) {
            LOG.warn("the work of run {} cannot be noted and would be repeated", request.id(), e);
        }
    }

    /// Gives a job that nobody has begun the outcome of a run that did the same, at no cost.
    ///
    /// @return whether there was one
    boolean takeOver(RunRequest request, JobFolder job) throws IOException {
        Optional<Twin> found = code == null ? Optional.empty() : twin(request, code);
        if (found.isEmpty() || !job.attempt(1).create()) {
            return false;
        }
        Twin twin = found.get();
        copyStory(twin.job(), job);
        job.publish(new RunOutcome.Completed(twin.done().score(), twin.done().checkpoint(), RunCost.NONE));
        job.attempt(1).exit(new Exit(0));
        return true;
    }

    private static void copyStory(JobFolder from, JobFolder to) throws IOException {
        try (EventLog log = new EventLog(to.attempt(1).metrics())) {
            log.accept(new RunEvent.Notice("taken over from run " + from.path().getFileName()
                    + ", which did the same work with the same data, model and program"));
            from.events().forEach(log);
        }
        if (Files.exists(from.predictions())) {
            Files.copy(from.predictions(), to.predictions(), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// A run that did the same.
    private record Twin(JobFolder job, RunOutcome.Completed done) {}

    private Optional<Twin> twin(RunRequest request, String code) {
        try {
            RunId run = new RunId(Files.readString(entry(request, code)));
            JobFolder job = JobFolder.of(home, request.study(), run);
            return run.equals(request.id()) ? Optional.empty() : completed(job).map(done -> new Twin(job, done));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("an entry of finished work is damaged, and the work of run {} is done again", request.id(), e);
            return Optional.empty();
        }
    }

    /// The twin's outcome, if its model is still there as it was.
    private static Optional<RunOutcome.Completed> completed(JobFolder twin) throws IOException {
        if (!(twin.outcome().orElse(null) instanceof RunOutcome.Completed done)) {
            return Optional.empty();
        }
        Checkpoint model = done.checkpoint();
        boolean whole = model == null || FolderDigest.verify(Path.of(model.path())).filter(model.sha256()::equals).isPresent();
        return whole ? Optional.of(done) : Optional.empty();
    }

    private Path entry(RunRequest request, String code) {
        return home.toAbsolutePath().resolve("studies").resolve(request.study().value())
                .resolve("work").resolve(WorkDigest.of(request, code));
    }
}
