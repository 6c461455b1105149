package trex.executor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import trex.data.BrokenData;
import trex.loop.RecipeRunner;
import trex.model.FailureKind;
import trex.model.RunCost;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.RunRequest;

/// A run that is watched through its folder until it ends, and given a new attempt where it was
/// lost or is to go on after a stop.
final class FollowedRun implements RecipeRunner.Running {
    static final int RETRIES = 3;
    /// Progress reaches the screen within a tenth of a second for under a hundredth of a core.
    private static final int POLL_MILLIS = 100;

    private final JobFolder job;
    private final RunRequest request;
    private final WorkerCommand command;
    private final FinishedWork finished;
    private final AskedRows asked;
    private final Consumer<RunEvent> progress;
    private final CompletableFuture<RunOutcome> end = new CompletableFuture<>();
    private final Object lock = new Object();
    /// Whether the stop that is found in the folder is an old one, to be taken back.
    private boolean goesOn;
    private boolean stopped;
    private boolean specified;
    /// Who makes the training rows, if anyone does.
    private @Nullable Thread asking;
    /// Tokens of asking that were told.
    private long told;

    FollowedRun(JobFolder job, RunRequest request, WorkerCommand command, FinishedWork finished,
            AskedRows asked, Consumer<RunEvent> progress) {
        this.job = job;
        this.request = request;
        this.command = command;
        this.finished = finished;
        this.asked = asked;
        this.progress = progress;
    }

    @Override
    public RunId id() {
        return request.id();
    }

    @Override
    public RunOutcome await() throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("run " + id() + " could not be followed", e.getCause());
        }
    }

    @Override
    public void stop() {
        try {
            synchronized (lock) {
                stopped = true;
                goesOn = false;
                if (specified) {
                    job.cancel();
                }
                if (asking != null) {
                    asking.interrupt();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot ask run " + id() + " to stop", e);
        }
    }

    /// Follows the run to its end on the caller's thread.
    void follow() {
        try {
            end.complete(withAsking(toTheEnd()));
        } catch (IOException e) {
            end.complete(new RunOutcome.Failed(DiskSpace.kindOf(e, job.path()), "keeping the job folder",
                    e.getMessage() == null ? e.toString() : e.getMessage(), RunCost.NONE));
        } catch (RuntimeException | Error | InterruptedException e) {
            end.completeExceptionally(e); // a fault of this program, or nobody waits any more
        }
    }

    /// With what a language model was paid for the run's rows, which no worker knows.
    private RunOutcome withAsking(RunOutcome outcome) throws IOException {
        AskingLog.Paid paid = new AskingLog(job).paid();
        return outcome.withCost(outcome.cost().withAsking(paid.tokens(), paid.seconds()));
    }

    private RunOutcome toTheEnd() throws IOException, InterruptedException {
        JobState state = begin();
        Optional<RunOutcome> refused = state instanceof JobState.Waiting && AskedRows.areMissing(request, job)
                ? askedRows() : Optional.empty();
        if (refused.isPresent()) {
            return refused.get();
        }
        tell(new AskingLog(job));
        EventFeed feed = new EventFeed(job);
        while (true) {
            feed.poll().forEach(progress);
            Optional<RunOutcome> outcome = step(state);
            if (outcome.isPresent()) {
                return outcome.get();
            }
            Thread.sleep(POLL_MILLIS);
            state = job.state();
        }
    }

    /// Has the rows made that no worker can make, on a thread of its own: a stop interrupts that one and
    /// nobody who keeps accounts.
    ///
    /// @return how the run ends where that is impossible
    private Optional<RunOutcome> askedRows() throws IOException, InterruptedException {
        progress.accept(new RunEvent.Phase("asking a language model for training rows", -1));
        AskingLog log = new AskingLog(job);
        FutureTask<Boolean> making = new FutureTask<>(() -> {
            asked.make(request, job, log);
            return true;
        });
        Thread thread = Thread.ofVirtual().name("asking-" + id()).unstarted(making);
        synchronized (lock) {
            if (stopped) {
                return Optional.empty();
            }
            asking = thread;
            thread.start();
        }
        try {
            for (boolean over = false; !over; ) {
                over = thread.join(Duration.ofMillis(POLL_MILLIS));
                tell(log);
            }
            return ending(making);
        } finally {
            thread.interrupt();
        }
    }

    /// Says what was paid so far, where it has become more.
    private void tell(AskingLog log) {
        long tokens = log.paid().tokens();
        if (tokens > told) {
            told = tokens;
            progress.accept(new RunEvent.Asked(tokens));
        }
    }

    private Optional<RunOutcome> ending(FutureTask<Boolean> making) throws IOException, InterruptedException {
        try {
            making.get();
            return Optional.empty();
        } catch (ExecutionException e) {
            if (wasStopped() && !(e.getCause() instanceof RuntimeException)) {
                return Optional.empty(); // the interruption shows in many forms
            }
            return switch (e.getCause()) {
                case BrokenData broken -> Optional.of(new RunOutcome.Failed(FailureKind.INPUT,
                        "preparing the training examples", String.valueOf(broken.getMessage()), RunCost.NONE));
                case IOException fault -> throw fault;
                case null, default -> throw new IllegalStateException("making the training rows failed", e);
            };
        }
    }

    private boolean wasStopped() {
        synchronized (lock) {
            return stopped;
        }
    }

    /// A stop that came before the folder was there is no old one.
    private JobState begin() throws IOException {
        synchronized (lock) {
            job.specify(request);
            specified = true;
            JobState state = job.state();
            goesOn = !stopped && (job.isCancelled() || isStop(state));
            if (stopped) {
                job.cancel();
            }
            return state;
        }
    }

    /// Does what a state asks for, and yields the outcome where it is the last one.
    private Optional<RunOutcome> step(JobState state) throws IOException {
        return switch (state) {
            case JobState.Ended(RunOutcome outcome) -> Optional.of(noted(outcome));
            case JobState.Running _ -> Optional.empty();
            case JobState.Waiting _ -> finished.takeOver(request, job) ? Optional.empty() : attempt(1);
            case JobState.Lost(Attempt lost) -> retries() < RETRIES
                    ? attempt(lost.number() + 1)
                    : Optional.of(new Postmortem(job).ofLoss(RETRIES + 1));
            case JobState.Exited(Attempt ended, _) when isStop(state) -> goesOn
                    ? attempt(ended.number() + 1)
                    : Optional.of(new Postmortem(job).ofStop());
            case JobState.Exited(Attempt ended, Exit exit) -> Optional.of(new Postmortem(job).ofExit(ended, exit));
        };
    }

    private RunOutcome noted(RunOutcome outcome) {
        if (outcome instanceof RunOutcome.Completed) {
            finished.note(request);
        }
        return outcome;
    }

    /// Begins an attempt, unless someone else has just done so or the run is to stop.
    private Optional<RunOutcome> attempt(int number) throws IOException {
        synchronized (lock) {
            if (goesOn) {
                job.uncancel();
                goesOn = false;
            }
            if (job.isCancelled()) {
                return Optional.of(new Postmortem(job).ofStop());
            }
            Attempt attempt = job.attempt(number);
            if (attempt.create()) {
                start(attempt);
            }
            return Optional.empty();
        }
    }

    private void start(Attempt attempt) throws IOException {
        try {
            command.start(job, attempt);
        } catch (IOException e) {
            attempt.exit(new Exit(Exit.NOT_STARTED));
            throw e;
        }
    }

    /// Attempts that vanished and were followed by another one.
    private int retries() throws IOException {
        int lost = -1; // the newest is not yet retried
        for (Attempt attempt : job.attempts()) {
            lost += attempt.exit().isEmpty() ? 1 : 0;
        }
        return lost;
    }

    private static boolean isStop(JobState state) {
        return state instanceof JobState.Exited(_, Exit exit) && exit.reason() == Exit.Reason.CANCELLED;
    }
}
