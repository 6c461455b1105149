package trex.executor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.lm.ComputeDevice;
import trex.data.BrokenData;
import trex.data.TrainingRows;
import trex.model.RunEvent;
import trex.model.RunRequest;
import trex.model.Score;

/// What a worker is to do, and its ways to speak while it does it.
final class Assignment {
    static final RunEvent ASKED_TO_END =
            new RunEvent.Notice("The system asked the worker to end; it does after this step");

    private static final Logger LOG = LoggerFactory.getLogger(Assignment.class);

    private final JobFolder job;
    private final Attempt attempt;
    private final RunRequest request;
    private final Consumer<RunEvent> events;
    private volatile boolean terminated;
    private volatile String phase = "starting";

    Assignment(JobFolder job, Attempt attempt, Consumer<RunEvent> events) throws IOException {
        this.job = job;
        this.attempt = attempt;
        this.request = job.request();
        this.events = events;
    }

    RunRequest request() {
        return request;
    }

    /// Where the work is done.
    List<ComputeDevice> devices() {
        return request.devices().names().stream().map(ComputeDevice::of).toList();
    }

    /// Where it is measured: the first of them.
    ComputeDevice device() {
        return devices().getFirst();
    }

    Checkpoints checkpoints() {
        return new Checkpoints(job, attempt);
    }

    /// The training rows that were made beforehand; nothing where the worker makes them.
    Optional<TrainingRows> askedRows() throws BrokenData, IOException {
        return AskedRows.of(job);
    }

    /// Where the predictions on the validation split go.
    Path predictions() {
        return job.predictions();
    }

    Path attemptFolder() {
        return attempt.folder();
    }

    /// The best validation of this job's attempts so far.
    Optional<Score> bestSoFar() throws IOException {
        return job.events().stream()
                .filter(RunEvent.Validated.class::isInstance)
                .map(event -> ((RunEvent.Validated) event).score())
                .reduce((best, next) -> next.beats(best) ? next : best);
    }

    /// @throws UncheckedIOException if the disk refuses
    void say(RunEvent event) {
        if (event instanceof RunEvent.Phase(String text, _)) {
            phase = text;
        }
        events.accept(event);
    }

    /// Whether to end at this step: the person or the system asks, or a newer attempt has taken over.
    boolean mustStop() {
        return terminated || job.isCancelled() || isFenced();
    }

    /// Ends the work here and now if it must stop: for work without steps, which keeps nothing.
    ///
    /// @throws StopRequested caught by the worker
    void stopHere() {
        if (mustStop()) {
            throw new StopRequested();
        }
    }

    boolean isFenced() {
        return job.isFenced(attempt);
    }

    /// What it is doing now, in words.
    String phase() {
        return phase;
    }

    /// A signal asks the process to end. Said in the run's story, once.
    void terminate() {
        if (terminated) {
            return;
        }
        terminated = true;
        try {
            events.accept(ASKED_TO_END);
        } catch (UncheckedIOException e) {
            LOG.warn("the wish to end cannot be noted", e); // the work will meet the same disk
        }
    }

    /// Unwinds work that has no step to end at.
    static final class StopRequested extends RuntimeException {
        private static final long serialVersionUID = 1;

        StopRequested() {
            super("asked to stop", null, false, false);
        }
    }
}
