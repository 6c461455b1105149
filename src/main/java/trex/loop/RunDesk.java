package trex.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.model.ByteCount;
import trex.model.DeviceList;
import trex.model.Mission;
import trex.model.Prepared;
import trex.model.Run;
import trex.model.RunEvent;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.Work;
import trex.search.pruner.NeverStop;
import trex.search.pruner.Pruner;

/// Has one run carried out: recorded before it starts, told while it goes, recorded when it ends.
final class RunDesk {
    private static final Logger LOG = LoggerFactory.getLogger(RunDesk.class);

    private final StudyId study;
    private final Mission mission;
    private final Prepared prepared;
    private final Ports ports;
    private final Wishes wishes;
    private final Announcer announcer;
    private final Curves curves;

    RunDesk(Study study, Prepared prepared, Ports ports, Wishes wishes, Announcer announcer) {
        this.study = study.id();
        this.mission = study.mission();
        this.prepared = prepared;
        this.ports = ports;
        this.wishes = wishes;
        this.announcer = announcer;
        this.curves = new Curves(ports.store().readings(this.study));
    }

    /// Starts the run, or joins it, and waits for its end.
    ///
    /// @param expected what is reserved, as far as it is known
    /// @param limit where the run is stopped
    /// @return empty if the person stopped the study: the run then goes on when the study does
    /// @throws StudyFault if the disk has no room for the run
    Optional<RunOutcome> carryOut(Run run, Cost expected, Cost limit)
            throws Wishes.Woken, StudyFault, InterruptedException {
        return carryOut(run, expected, limit, new NeverStop());
    }

    /// The same for a training that may be stopped early.
    Optional<RunOutcome> carryOut(Run run, Cost expected, Cost limit, Pruner pruner)
            throws Wishes.Woken, StudyFault, InterruptedException {
        DeviceList device = DeviceList.of(ports.store().study(study).settings().device());
        if (ports.devices().isTaken(device)) {
            announcer.info("Waiting for " + device + ": a run of another study has it.");
        }
        try (Devices.Turn _ = wishes.interruptibly(Wishes.Ending.STOP, () -> ports.devices().take(device))) {
            return carryOut(run, device, new Watch(run, expected, limit, pruner));
        }
    }

    private Optional<RunOutcome> carryOut(Run run, DeviceList device, Watch watch)
            throws StudyFault, InterruptedException {
        Cost reserved = watch.expected.known();
        double bytes = Math.max(0, reserved.disk() - watch.heldBefore);
        refuseWithoutRoom(run, bytes);
        ports.store().reserve(study, reserved.seconds(), reserved.tokens(), bytes);
        ports.store().begin(study, run);
        announcer.tree();
        announcer.spending();
        RunOutcome outcome = watch.judged(await(run, device, watch));
        if (outcome instanceof RunOutcome.Stopped && wishes.ending() == Wishes.Ending.STOP) {
            return Optional.empty();
        }
        ports.store().end(study, run.id(), outcome);
        ports.disk().release(study, run.id());
        ports.store().holds(study, ports.disk().held(study));
        ports.store().spend(study, Math.max(0, watch.elapsed() - outcome.cost().spentSeconds()));
        announcer.tree();
        announcer.spending();
        return Optional.of(outcome);
    }

    /// What other programs take from the disk is no reason to end a search for ever.
    private void refuseWithoutRoom(Run run, double bytes) throws StudyFault {
        Disk.Room room = ports.disk().room();
        if (bytes > room.bytes()) {
            throw new StudyFault("the run of node " + run.node() + " is not started: it needs about " + bytes(bytes)
                    + " of disk, but " + bytes(room.bytes()) + " are free at " + room.place()
                    + "; free some, or prune the node, and resume the study");
        }
    }

    private static ByteCount bytes(double bytes) {
        return new ByteCount(Math.round(bytes));
    }

    private RunOutcome await(Run run, DeviceList device, Watch watch) throws InterruptedException {
        RecipeRunner.Running running = ports.runner().start(
                new RunRequest(run.id(), study, mission, prepared.model(), prepared.splits(), run.work(),
                        device.toString()),
                watch::on);
        watch.running(running);
        wishes.hold(running, switch (run.work()) {
            case Work.Train _ -> Wishes.Ending.FINISH;
            case Work.Measure _ -> Wishes.Ending.STOP;
        });
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
        private final Cost expected;
        private final Cost limit;
        private final TokenCount tokens;
        private final long heldBefore;
        private final AtomicLong bytes = new AtomicLong();
        private final Instant since = ports.clock().instant();
        private final Pruner pruner;
        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicReference<@Nullable String> hopeless = new AtomicReference<>();
        private final AtomicReference<RecipeRunner.@Nullable Running> running = new AtomicReference<>();

        Watch(Run run, Cost expected, Cost limit, Pruner pruner) {
            this.run = run;
            this.pruner = pruner;
            this.expected = expected;
            this.limit = limit;
            this.tokens = new TokenCount(run.work());
            this.heldBefore = ports.disk().held(study, run.id());
        }

        double elapsed() {
            return (ports.clock().millis() - since.toEpochMilli()) / 1000.0;
        }

        void running(RecipeRunner.Running started) {
            running.set(started);
            if (over.get() || hopeless.get() != null) {
                started.stop();
            }
        }

        void on(RunEvent event) {
            announcer.say(new StudyEvent.RunProgress(run.id(), event));
            curves.hear(run.id(), event).ifPresent(reading -> {
                keep(reading);
                stopWhenHopeless();
            });
            tokens.hear(event);
            if (event instanceof RunEvent.Validated) { // checkpoints are written then
                bytes.set(Math.max(0, ports.disk().held(study, run.id()) - heldBefore));
            }
            stopWhenOver();
        }

        /// A point that cannot be kept costs a later loop one comparison, and must not cost this one its run.
        private void keep(StudyStore.Reading reading) {
            try {
                ports.store().keep(study, reading);
            } catch (StudyStore.StoreFailure e) {
                LOG.warn("{}: the validation at step {} is not kept", run.id(), reading.step(), e);
            }
        }

        private void stopWhenHopeless() {
            pruner.verdict(curves.of(run.id()), curves.othersThan(run.id())).ifPresent(reason -> {
                if (hopeless.compareAndSet(null, reason)) {
                    stop();
                }
            });
        }

        /// A run that was stopped as hopeless says so.
        RunOutcome judged(RunOutcome outcome) {
            String reason = hopeless.get();
            return reason != null && outcome instanceof RunOutcome.Stopped(int step, var cost)
                    ? new RunOutcome.Pruned(step, reason, cost)
                    : outcome;
        }

        private void stop() {
            RecipeRunner.Running started = running.get();
            if (started != null) {
                started.stop();
            }
        }

        private void waitForTheLimit() {
            try {
                if (Double.isFinite(limit.seconds())) {
                    Thread.sleep(Duration.ofMillis(1 + (long) (1000 * limit.seconds())));
                    stopWhenOver();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the run has ended
            }
        }

        private void stopWhenOver() {
            boolean more = elapsed() > limit.seconds() || tokens.sum() > limit.tokens() || bytes.get() > limit.disk();
            if (more && over.compareAndSet(false, true)) {
                tell();
                stop();
            }
        }

        private void tell() {
            String text = why();
            announcer.warning(text);
            ports.store().journal(study, text);
        }

        private String why() {
            if (elapsed() > limit.seconds()) {
                return outOf(s -> String.format(Locale.ROOT, "%.0f s", s), elapsed(), expected.seconds());
            }
            return tokens.sum() > limit.tokens()
                    ? outOf(t -> String.format(Locale.ROOT, "%.0f tokens", t), tokens.sum(), expected.tokens())
                    : outOf(b -> bytes(b) + " of disk", bytes.get(), expected.disk());
        }

        private String outOf(DoubleFunction<String> words, double taken, double foreseen) {
            return "node " + run.node() + " is stopped after " + words.apply(taken)
                    + (Double.isNaN(foreseen) ? "" : ", " + words.apply(foreseen) + " were expected")
                    + ": the budget has no more for it";
        }
    }
}
