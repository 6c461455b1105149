package trex.executor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import trex.model.ByteCount;
import trex.model.FailureKind;
import trex.model.RunCost;
import trex.model.RunEvent;
import trex.model.RunOutcome;

/// Says how a run ended whose worker could not say so itself, from what it left in its folder.
final class Postmortem {
    private static final int QUOTED_CHARACTERS = 300;

    private final JobFolder job;
    private final List<RunEvent> events;

    Postmortem(JobFolder job) throws IOException {
        this.job = job;
        this.events = job.events();
    }

    RunOutcome ofStop() throws IOException {
        List<Attempt> attempts = job.attempts();
        if (attempts.isEmpty()) {
            return new RunOutcome.Stopped(0, RunCost.NONE);
        }
        return attempts.getLast().stopped().orElse(new RunOutcome.Stopped(lastStep(), cost()));
    }

    RunOutcome ofLoss(int attempts) throws IOException {
        return failed(FailureKind.KILLED, "The worker vanished without a word " + attempts
                + " times; the computer may be losing power or memory");
    }

    RunOutcome ofExit(Attempt attempt, Exit exit) throws IOException {
        return switch (exit.reason()) {
            case KILLED_OR_OOM -> failed(FailureKind.KILLED, "The worker was killed (signal 9) at step "
                    + lastStep() + " with " + new ByteCount(peakBytes()) + " of memory in use; the system does that"
                    + " when memory runs out, or a person did");
            case NATIVE_CRASH -> crash(attempt, exit);
            case IO_ERROR -> failed(DiskSpace.usable(job.path()) < (1 << 20) ? FailureKind.DISK_FULL : FailureKind.INPUT,
                    "The worker could not write to " + job.path() + quote(attempt.stderr()));
            case CANCELLED -> ofStop();
            case DONE -> failed(FailureKind.INTERNAL, "The worker ended without a result" + quote(attempt.stderr()));
            case FENCED -> failed(FailureKind.INTERNAL, "The worker left its job to a newer attempt that is not there");
            case FAILED -> failed(FailureKind.INTERNAL,
                    "The worker ended with status " + exit.code() + quote(attempt.stderr()));
        };
    }

    private RunOutcome crash(Attempt attempt, Exit exit) throws IOException {
        String said = quote(attempt.stderr());
        if (said.contains("bad_alloc") || said.contains("allocate")) {
            return failed(FailureKind.OUT_OF_MEMORY, "The worker ran out of memory" + said);
        }
        String report = Files.exists(attempt.crashReport()) ? "; see " + attempt.crashReport() : said;
        return failed(FailureKind.KILLED, "The worker crashed in native code (signal " + exit.signal() + ")" + report);
    }

    private RunOutcome failed(FailureKind kind, String message) throws IOException {
        return new RunOutcome.Failed(kind, lastPhase(), message, cost());
    }

    private RunCost cost() throws IOException {
        double seconds = 0;
        for (Attempt attempt : job.attempts()) {
            seconds += attempt.seconds();
        }
        return new RunCost(seconds, peakBytes(), 0, 0);
    }

    private int lastStep() {
        return steps().mapToInt(RunEvent.Step::step).max().orElse(0);
    }

    private long peakBytes() {
        return steps().mapToLong(RunEvent.Step::residentBytes).max().orElse(0);
    }

    private java.util.stream.Stream<RunEvent.Step> steps() {
        return events.stream().filter(RunEvent.Step.class::isInstance).map(RunEvent.Step.class::cast);
    }

    private String lastPhase() {
        return events.reversed().stream()
                .filter(RunEvent.Phase.class::isInstance)
                .map(e -> ((RunEvent.Phase) e).text())
                .findFirst()
                .orElse("starting");
    }

    /// The last words of a log in quotation marks, or nothing.
    private static String quote(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
        String last = text.substring(Math.max(0, text.length() - QUOTED_CHARACTERS));
        return last.isEmpty() ? "" : ": \"" + last.replace('\n', ' ') + '"';
    }
}
