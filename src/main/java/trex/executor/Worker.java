package trex.executor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.model.Checkpoint;
import trex.model.FailureKind;
import trex.model.RunCost;
import trex.model.RunOutcome;
import trex.training.ResidentMemory;

/// The process that carries one job out. It knows its folder and nothing else: not the store, not
/// the screen, no language-model service.
public final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final int HEARTBEAT_MILLIS = 500;

    private final JobFolder job;
    private final Attempt attempt;
    private final Workload workload;
    private final Instant started = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);

    private Worker(JobFolder job, Attempt attempt, Workload workload) {
        this.job = job;
        this.attempt = attempt;
        this.workload = workload;
    }

    /// @param args the job's folder, the attempt's number, the launcher's process id
    public static void main(String... args) {
        run(new FineTuning(Path.of(System.getenv("TREX_HOME"))), args);
    }

    /// Carries the work out and ends the process.
    static void run(Workload workload, String... args) {
        JobFolder job = new JobFolder(Path.of(args[0]));
        Attempt attempt = job.attempt(Integer.parseInt(args[1]));
        int code;
        try {
            attempt.claim(Claim.ofThisProcess(Long.parseLong(args[2])));
            code = new Worker(job, attempt, workload).work();
        } catch (IOException | UncheckedIOException e) {
            System.err.println(e); // the job folder cannot be written: standard error is all there is
            code = Exit.IO_ERROR;
        }
        Runtime.getRuntime().halt(code); // not exit: nothing is left to do, for no hook either
    }

    private int work() throws IOException {
        startHeartbeat();
        try (EventLog events = new EventLog(attempt.metrics())) {
            Assignment assignment = new Assignment(job, attempt, events);
            TerminationSignals.handle(assignment::terminate);
            RunOutcome outcome = outcomeOf(assignment);
            return assignment.isFenced() ? Exit.FENCED : conclude(outcome);
        }
    }

    private RunOutcome outcomeOf(Assignment assignment) {
        try {
            return carriedOut(assignment);
        } catch (WorkFailed e) {
            LOG.warn("run failed", e);
            return failed(e.kind(), assignment, sentence(e));
        } catch (IOException e) {
            return ioTrouble(e, assignment);
        } catch (UncheckedIOException e) {
            return ioTrouble(Objects.requireNonNull(e.getCause()), assignment);
        } catch (RuntimeException | LinkageError | OutOfMemoryError | InterruptedException e) {
            LOG.error("fault in the worker", e); // the outermost edge of this process
            return nativeTrouble(e, assignment);
        }
    }

    /// Work that is stopped between its steps stands where its newest checkpoint does.
    private RunOutcome carriedOut(Assignment assignment) throws WorkFailed, IOException, InterruptedException {
        try {
            return workload.carryOut(assignment);
        } catch (Assignment.StopRequested _) {
            return new RunOutcome.Stopped(assignment.checkpoints().newest().map(Checkpoint::step).orElse(0), RunCost.NONE);
        }
    }

    /// The numeric library's refusals come as unchecked exceptions with its own words in them.
    private RunOutcome nativeTrouble(Throwable e, Assignment assignment) {
        long available = new AvailableMemory(Path.of("/")).bytes();
        return MemoryShortage.sentence(e, assignment.phase(), available)
                .map(sentence -> failed(FailureKind.OUT_OF_MEMORY, assignment, sentence))
                .orElseGet(() -> failed(FailureKind.INTERNAL, assignment, e.getClass().getSimpleName() + ": "
                        + firstLine(String.valueOf(e.getMessage())) + "; see " + attempt.log()));
    }

    private RunOutcome ioTrouble(IOException e, Assignment assignment) {
        LOG.warn("reading or writing failed", e);
        FailureKind kind = DiskSpace.kindOf(e, job.path());
        return failed(kind, assignment, kind == FailureKind.DISK_FULL
                ? "The disk with " + job.path() + " is full"
                : "Reading or writing failed: " + sentence(e));
    }

    private RunOutcome failed(FailureKind kind, Assignment assignment, String message) {
        return new RunOutcome.Failed(kind, assignment.phase(), message, RunCost.NONE);
    }

    /// Writes the last words and says with which status to end.
    private int conclude(RunOutcome outcome) throws IOException {
        Files.deleteIfExists(attempt.reserve());
        RunOutcome complete = withWholeCost(outcome);
        if (complete instanceof RunOutcome.Stopped stopped) {
            attempt.stopped(stopped);
            return Exit.TERMINATED;
        }
        job.publish(complete);
        if (complete instanceof RunOutcome.Completed) {
            new Checkpoints(job, attempt).deleteAll();
        }
        return 0;
    }

    private RunOutcome withWholeCost(RunOutcome outcome) throws IOException {
        RunCost cost = outcome.cost();
        double seconds = Duration.between(started, Instant.now()).toMillis() / 1000.0;
        for (Attempt earlier : job.attempts()) {
            seconds += earlier.number() < attempt.number() ? earlier.seconds() : 0;
        }
        RunCost whole = new RunCost(seconds, Math.max(cost.peakBytes(), ResidentMemory.peakBytes()),
                cost.examples(), cost.tokens());
        return outcome.withCost(whole);
    }

    private void startHeartbeat() {
        Thread.ofPlatform().daemon().name("heartbeat").start(() -> {
            try {
                while (true) {
                    attempt.beat();
                    Thread.sleep(HEARTBEAT_MILLIS);
                }
            } catch (IOException e) {
                LOG.warn("the heartbeat stopped", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the process ends
            }
        });
    }

    private static String sentence(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
