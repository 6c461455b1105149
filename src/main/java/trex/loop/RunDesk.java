package trex.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import trex.model.Mission;
import trex.model.Prepared;
import trex.model.Run;
import trex.model.RunEvent;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.Study;
import trex.model.StudyId;

/// Has one run carried out: recorded before it starts, told while it goes, recorded when it ends.
final class RunDesk {
    private final StudyId study;
    private final Mission mission;
    private final Prepared prepared;
    private final Ports ports;
    private final Wishes wishes;
    private final Announcer announcer;

    RunDesk(Study study, Prepared prepared, Ports ports, Wishes wishes, Announcer announcer) {
        this.study = study.id();
        this.mission = study.mission();
        this.prepared = prepared;
        this.ports = ports;
        this.wishes = wishes;
        this.announcer = announcer;
    }

    /// Starts the run, or joins it, and waits for its end.
    ///
    /// @param estimate seconds to reserve, or NaN where nothing is known yet
    /// @param limit seconds after which the run is stopped
    /// @return empty if the person stopped the study: the run then goes on when the study does
    Optional<RunOutcome> carryOut(Run run, double estimate, double limit)
            throws Wishes.Woken, InterruptedException {
        String device = ports.store().study(study).settings().device();
        if (ports.devices().isTaken(device)) {
            announcer.info("Waiting for " + device + ": a run of another study has it.");
        }
        try (Devices.Turn _ = wishes.interruptibly(Wishes.Ending.STOP, () -> ports.devices().take(device))) {
            return carryOut(run, device, estimate, limit);
        }
    }

    private Optional<RunOutcome> carryOut(Run run, String device, double estimate, double limit)
            throws InterruptedException {
        ports.store().reserve(study, Double.isNaN(estimate) ? 0 : estimate);
        ports.store().begin(study, run);
        announcer.tree();
        announcer.spending();
        Watch watch = new Watch(run, estimate, limit);
        RunOutcome outcome = await(run, device, watch);
        if (outcome instanceof RunOutcome.Stopped && wishes.ending() == Wishes.Ending.STOP) {
            return Optional.empty();
        }
        ports.store().end(study, run.id(), outcome);
        ports.store().spend(study, Math.max(0, watch.elapsed() - outcome.cost().seconds()));
        announcer.tree();
        announcer.spending();
        return Optional.of(outcome);
    }

    private RunOutcome await(Run run, String device, Watch watch) throws InterruptedException {
        RecipeRunner.Running running = ports.runner().start(
                new RunRequest(run.id(), study, mission, prepared.model(), prepared.splits(), run.work(),
                        device),
                watch::on);
        watch.running(running);
        wishes.hold(running);
        Thread timer = Thread.ofVirtual().name("limit-" + run.id()).start(watch::waitForTheLimit);
        try {
            return running.await();
        } finally {
            timer.interrupt();
            wishes.release(running);
        }
    }

    /// Passes events on and stops a run that takes more than it may. Looks at the clock whenever the
    /// run says something, that is, at each step, and once by itself in case that it says nothing.
    private final class Watch {
        private final Run run;
        private final double expected;
        private final double limit;
        private final Instant since = ports.clock().instant();
        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicReference<RecipeRunner.@Nullable Running> running = new AtomicReference<>();

        Watch(Run run, double expected, double limit) {
            this.run = run;
            this.expected = expected;
            this.limit = limit;
        }

        double elapsed() {
            return (ports.clock().millis() - since.toEpochMilli()) / 1000.0;
        }

        void running(RecipeRunner.Running started) {
            running.set(started);
            if (over.get()) {
                started.stop();
            }
        }

        void on(RunEvent event) {
            announcer.say(new StudyEvent.RunProgress(run.id(), event));
            stopWhenOver();
        }

        private void waitForTheLimit() {
            try {
                if (Double.isFinite(limit)) {
                    Thread.sleep(Duration.ofMillis(1 + (long) (1000 * limit)));
                    stopWhenOver();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the run has ended
            }
        }

        private void stopWhenOver() {
            if (elapsed() > limit && over.compareAndSet(false, true)) {
                tell();
                RecipeRunner.Running started = running.get();
                if (started != null) {
                    started.stop();
                }
            }
        }

        private void tell() {
            String text = String.format(Locale.ROOT, "node %s is stopped after %.0f s%s: the budget has no more for it",
                    run.node(), elapsed(), Double.isNaN(expected) ? "" : String.format(Locale.ROOT, ", %.0f s were expected", expected));
            announcer.warning(text);
            ports.store().journal(study, text);
        }
    }
}
