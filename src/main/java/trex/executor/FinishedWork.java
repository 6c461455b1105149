package trex.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import trex.model.Checkpoint;
import trex.model.RunCost;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.RunRequest;

/// The completed work of a study by its digest, so that identical work is taken over instead of
/// being repeated. An entry is a small file with the run's name.
final class FinishedWork {
    private final Path home;
    private final @Nullable String code;

    /// @param code digest of the program, or null where nothing shall be reused
    FinishedWork(Path home, @Nullable String code) {
        this.home = home;
        this.code = code;
    }

    /// Notes that a run has completed its work.
    void note(RunRequest request) throws IOException {
        if (code != null) {
            Path entry = entry(request, code);
            Files.createDirectories(entry.getParent());
            DurableFiles.publish(entry, request.id().value());
        }
    }

    /// Gives a job that nobody has begun the outcome of a run that did the same, at no cost.
    ///
    /// @return whether there was one
    boolean takeOver(RunRequest request, JobFolder job) throws IOException {
        Optional<JobFolder> twin = code == null ? Optional.empty() : twin(request, code);
        Optional<RunOutcome.Completed> done = twin.isPresent() ? completed(twin.get()) : Optional.empty();
        if (done.isEmpty() || !job.attempt(1).create()) {
            return false;
        }
        copyStory(twin.orElseThrow(), job);
        job.publish(new RunOutcome.Completed(done.get().score(), done.get().checkpoint(), RunCost.NONE));
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

    private Optional<JobFolder> twin(RunRequest request, String code) throws IOException {
        try {
            RunId run = new RunId(Files.readString(entry(request, code)));
            return run.equals(request.id()) ? Optional.empty() : Optional.of(JobFolder.of(home, request.study(), run));
        } catch (NoSuchFileException e) {
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
