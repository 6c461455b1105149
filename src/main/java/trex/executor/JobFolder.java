package trex.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trex.json.Json;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.StudyId;

/// A run's folder: specification, attempts with their progress and checkpoints, result. It is the
/// truth about the run; everything else is an index of it.
///
/// ```
/// spec.json             what to do; written once
/// rows.json rows.jsonl  training rows of a recipe that asks a language model
/// asked.log             what it was paid for them, an answer a line
/// cancel                asks the worker to end at its next step
/// attempts/0001/        making the folder is the claim
///     claim.json        the worker's process
///     heartbeat         its time of change, twice a second
///     metrics.jsonl     one event a line
///     checkpoints/      step-N/
///     stdout.log stderr.log hs_err.log reserve
///     stopped.json      the outcome of an attempt that was asked to stop: the job can go on
///     exit.json         by the launcher: the exit status
/// predictions.jsonl     what the model answered on the validation split
/// result.json           the outcome; published once
/// ```
///
/// @param path absolute path of the folder
public record JobFolder(Path path) {
    /// A new attempt's process has this long to write its claim before it counts as lost.
    static final Duration STARTING = Duration.ofSeconds(30);
    /// A worker on another machine is lost after three missed signs of life over a network disk.
    static final Duration STALE = Duration.ofSeconds(30);

    public static JobFolder of(Path home, StudyId study, RunId run) {
        return new JobFolder(home.toAbsolutePath()
                .resolve("studies").resolve(study.value())
                .resolve("runs").resolve(run.value()));
    }

    Path spec() {
        return path.resolve("spec.json");
    }

    Path result() {
        return path.resolve("result.json");
    }

    private Path cancelFile() {
        return path.resolve("cancel");
    }

    private Path attemptsFolder() {
        return path.resolve("attempts");
    }

    /// One prediction a line, written after a training's last measurement.
    public Path predictions() {
        return path.resolve("predictions.jsonl");
    }

    /// Writes what to do. The same request again is fine.
    ///
    /// @throws IllegalArgumentException if the folder holds another request
    void specify(RunRequest request) throws IOException {
        Files.createDirectories(path);
        String json = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(request);
        if (!Files.exists(spec())) {
            DurableFiles.publish(spec(), json);
        }
        if (!request().equals(request)) {
            throw new IllegalArgumentException("run " + request.id() + " already exists with another request in " + path);
        }
    }

    /// What was written; empty for a job that was never begun.
    Optional<RunRequest> specified() throws IOException {
        return DurableFiles.read(spec(), RunRequest.class);
    }

    RunRequest request() throws IOException {
        return specified().orElseThrow(() -> new IOException(spec() + " is missing"));
    }

    /// Asks the worker to end at its next step.
    void cancel() throws IOException {
        Files.write(cancelFile(), new byte[0]);
    }

    /// Takes an old wish to stop back, so that the job can go on.
    void uncancel() throws IOException {
        Files.deleteIfExists(cancelFile());
    }

    boolean isCancelled() {
        return Files.exists(cancelFile());
    }

    /// All attempts, oldest first.
    List<Attempt> attempts() {
        List<Attempt> attempts = new ArrayList<>();
        for (Attempt next = attempt(1); Files.isDirectory(next.folder()); next = attempt(next.number() + 1)) {
            attempts.add(next);
        }
        return attempts;
    }

    Attempt attempt(int number) {
        return Attempt.of(attemptsFolder(), number);
    }

    /// Whether a newer attempt has taken the job over.
    boolean isFenced(Attempt attempt) {
        return Files.exists(attempt(attempt.number() + 1).folder());
    }

    /// Publishes the outcome; of several the first stands.
    boolean publish(RunOutcome outcome) throws IOException {
        return DurableFiles.publish(result(),
                Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(outcome));
    }

    Optional<RunOutcome> outcome() throws IOException {
        return DurableFiles.read(result(), RunOutcome.class);
    }

    JobState state() throws IOException {
        Optional<RunOutcome> outcome = outcome();
        if (outcome.isPresent()) {
            return new JobState.Ended(outcome.get());
        }
        List<Attempt> attempts = attempts();
        return attempts.isEmpty() ? new JobState.Waiting() : stateOf(attempts.getLast());
    }

    /// The events of all attempts; where two attempts both made a step, the newer one's counts.
    public List<RunEvent> events() throws IOException {
        return new EventFeed(this).poll();
    }

    private JobState stateOf(Attempt attempt) throws IOException {
        if (attempt.exit().isEmpty() && isAlive(attempt)) {
            return new JobState.Running(attempt);
        }
        // It may have ended between the two looks: only now is silence an answer.
        Optional<RunOutcome> outcome = outcome();
        if (outcome.isPresent()) {
            return new JobState.Ended(outcome.get());
        }
        return attempt.exit()
                .<JobState>map(exit -> new JobState.Exited(attempt, exit))
                .orElseGet(() -> new JobState.Lost(attempt));
    }

    private static boolean isAlive(Attempt attempt) throws IOException {
        Optional<Claim> claim = attempt.claim();
        Duration silence = attempt.silence(Instant.now());
        if (claim.isEmpty()) {
            return silence.compareTo(STARTING) < 0;
        }
        return claim.get().isFromThisHost() ? claim.get().isAlive() : silence.compareTo(STALE) < 0;
    }
}
