package trex.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.StudySettings;
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
    /// What is reserved for.
    private final Map<RunId, Watch> underway = new LinkedHashMap<>();

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
        return begin(run, expected, limit, pruner).awaitEnd();
    }

    /// Waits for the run's devices and records it. Its end must be awaited then, on whatever thread.
    Begun begin(Run run, Cost expected, Cost limit, Pruner pruner)
            throws Wishes.Woken, StudyFault, InterruptedException {
        DeviceList device = place(run);
        if (ports.devices().isTaken(device)) {
            announcer.info("Waiting for " + device + ": a run of another study has it.");
        }
        Devices.Turn turn = wishes.interruptibly(Wishes.Ending.STOP, () -> ports.devices().take(device));
        try {
            Begun begun = new Begun(run, device, turn, new Watch(run, expected, limit, pruner));
            begun.record();
            return begun;
        } catch (StudyFault | RuntimeException | Error e) {
            turn.close();
            throw e;
        }
    }

    /// Whether devices and disk have room for the run now, beside those that are on their way.
    boolean hasPlace(Run run, Cost expected) {
        return !ports.devices().isTaken(place(run))
                && missing(run, expected) + missing() <= ports.disk().room().bytes();
    }

    /// Where a run that was begun computes already; else the first free part of the study's devices.
    private DeviceList place(Run run) {
        return ports.runner().devices(study, run.id()).orElseGet(() -> {
            StudySettings settings = ports.store().study(study).settings();
            List<DeviceList> parts = DeviceList.of(settings.device()).parts(settings.parallel());
            return parts.stream().filter(part -> !ports.devices().isTaken(part)).findFirst().orElseGet(parts::getFirst);
        });
    }

    /// Bytes that the run's folder will still take.
    private double missing(Run run, Cost expected) {
        return Math.max(0, expected.known().disk() - ports.disk().held(study, run.id()));
    }

    private synchronized double missing() {
        return underway.values().stream().mapToDouble(w -> missing(w.run, w.expected)).sum();
    }

    private synchronized void reserve(Run run, Watch watch) {
        underway.put(run.id(), watch);
        reserve();
    }

    private void reserve() {
        Cost sum = underway.values().stream().map(Watch::reserved).reduce(Cost.NONE, Cost::plus);
        ports.store().reserve(study, sum.seconds(), sum.tokens(), sum.disk());
    }

    /// The store lets go of all reservations with the end of a run: those of the others are made anew.
    private synchronized void settle(Run run, RunOutcome outcome) {
        ports.store().end(study, run.id(), outcome);
        underway.remove(run.id());
        if (!underway.isEmpty()) {
            reserve();
        }
        ports.disk().release(study, run.id());
        ports.store().holds(study, ports.disk().held(study));
    }

    /// A run that has its devices and stands in the tree.
    final class Begun {
        private final Run run;
        private final DeviceList device;
        private final Devices.Turn turn;
        private final Watch watch;

        private Begun(Run run, DeviceList device, Devices.Turn turn, Watch watch) {
            this.run = run;
            this.device = device;
            this.turn = turn;
            this.watch = watch;
        }

        private void record() throws StudyFault {
            refuseWithoutRoom(run, watch.reserved().disk());
            reserve(run, watch);
            ports.store().begin(study, run);
            announcer.tree();
            announcer.spending();
        }

        /// Starts the run, or joins it, waits for its end and gives the devices back.
        ///
        /// @return empty if the person stopped the study: the run then goes on when the study does
        Optional<RunOutcome> awaitEnd() throws InterruptedException {
            try (turn) {
                RunOutcome outcome = watch.judged(await(run, device, watch));
                if (outcome instanceof RunOutcome.Stopped && wishes.ending() == Wishes.Ending.STOP) {
                    return Optional.empty();
                }
                settle(run, outcome);
                ports.store().spend(study, Math.max(0, watch.elapsed() - outcome.cost().spentSeconds()));
                announcer.tree();
                announcer.spending();
                return Optional.of(outcome);
            }
        }
    }

    /// What other programs take from the disk is no reason to end a search for ever.
    private void refuseWithoutRoom(Run run, double bytes) throws StudyFault {
        Disk.Room room = ports.disk().room();
        if (bytes > room.bytes()) {
            throw new StudyFault("the run of node " + run.node() + " is not started: it needs about " + ByteCount.of(bytes)
                    + " of disk, but " + new ByteCount(room.bytes()) + " are free at " + room.place()
                    + "; free some, or prune the node, and resume the study");
        }
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

        /// Beside what the run's folder held at its begin.
        Cost reserved() {
            Cost known = expected.known();
            return known.withDisk(Math.max(0, known.disk() - heldBefore));
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
                    : outOf(b -> ByteCount.of(b) + " of disk", bytes.get(), expected.disk());
        }

        private String outOf(DoubleFunction<String> words, double taken, double foreseen) {
            return "node " + run.node() + " is stopped after " + words.apply(taken)
                    + (Double.isNaN(foreseen) ? "" : ", " + words.apply(foreseen) + " were expected")
                    + ": the budget has no more for it";
        }
    }
}
