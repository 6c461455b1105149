package trex.bench.study;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import trex.loop.Studies;
import trex.loop.StudyControl;
import trex.loop.StudyEvent;
import trex.loop.StudyListener;
import trex.model.Mission;
import trex.model.NodeId;
import trex.model.Strategy;
import trex.model.StudyId;
import trex.model.StudySettings;

/// A study that the benchmark listens to.
final class FollowedStudy {
    private final StudyControl control;
    private final Ear ear;

    private FollowedStudy(StudyControl control, Ear ear) {
        this.control = control;
        this.ear = ear;
    }

    /// @param oneRound whether the study shall end after its first round, without a second seed
    static FollowedStudy start(Studies studies, Mission mission, StudySettings settings, boolean oneRound)
            throws Studies.Refused {
        Ear ear = new Ear(oneRound);
        StudyControl control = studies.start(mission, settings, ear);
        ear.control.complete(control);
        return new FollowedStudy(control, ear);
    }

    /// What is heard, on the study's own thread, and maybe before its start has returned.
    private static final class Ear implements StudyListener {
        private final boolean oneRound;
        private final CompletableFuture<StudyControl> control = new CompletableFuture<>();
        private final CompletableFuture<Boolean> asks = new CompletableFuture<>();
        private final AtomicReference<String> fault = new AtomicReference<>("it ended without a result");

        Ear(boolean oneRound) {
            this.oneRound = oneRound;
        }

        @Override
        public void on(StudyEvent event) {
            switch (event) {
                case StudyEvent.AwaitingVerdict _ -> asks.complete(true);
                case StudyEvent.Message(var level, String text) when level == StudyEvent.Level.ERROR -> fault.set(text);
                case StudyEvent.TreeChanged(var tree) when oneRound && tree.rounds().finished() == 1 ->
                    control.thenAccept(StudyControl::finish);
                case StudyEvent.StateChanged(var state) -> {
                    switch (state) {
                        case STOPPED, FINISHED -> asks.complete(false);
                        case PREPARING, RUNNING -> {}
                    }
                }
                case StudyEvent.TreeChanged _, StudyEvent.RunProgress _, StudyEvent.SpendingChanged _,
                        StudyEvent.Message _, StudyEvent.Finished _ -> {}
            }
        }
    }

    StudyId id() {
        return control.id();
    }

    /// Waits until the study asks about its first proposal.
    ///
    /// @return whether it does; if not, it has ended
    boolean asks() throws InterruptedException {
        try {
            return ear.asks.get();
        } catch (InterruptedException e) {
            stop();
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException("only ever completed with a truth value", e);
        }
    }

    /// Carries this out, and not what the study proposed.
    void instead(Strategy strategy) {
        control.propose(NodeId.BASELINE, strategy);
    }

    /// Waits for the end; an interrupt stops the study first.
    void await() throws InterruptedException {
        try {
            control.await();
        } catch (InterruptedException e) {
            stop();
            throw e;
        }
    }

    private void stop() throws InterruptedException {
        control.stop();
        control.await();
    }

    /// What was wrong, as the study said last.
    String fault() {
        return String.valueOf(ear.fault.get());
    }
}
