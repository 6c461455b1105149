package trex.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import trex.loop.Forecast;
import trex.loop.Steering;
import trex.loop.Studies;
import trex.loop.StudyControl;
import trex.loop.StudyEvent;
import trex.loop.StudyListener;
import trex.model.ExperimentTree;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.SampleStudy;
import trex.model.Spending;
import trex.model.Strategy;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.StudySettings;
import trex.model.StudyState;
import trex.model.Verdict;

/// One study that plays the same short piece each time: a baseline, a proposal, a run, a result.
final class ScriptedStudies implements Studies {
    final List<Verdict> verdicts = new ArrayList<>();
    final List<RunId> stopped = new ArrayList<>();
    final List<Study> known = new ArrayList<>();
    @Nullable StudySettings started;
    boolean asks;
    boolean fails;
    boolean fruitless;
    boolean closed;
    ExperimentTree tree = ExperimentTree.EMPTY;
    @Nullable Steering steering;

    @Override
    public List<Study> list() {
        return known;
    }

    @Override
    public ExperimentTree tree(StudyId id) {
        return tree;
    }

    @Override
    public Steering steering(StudyId id) throws Refused {
        if (steering == null) {
            throw new Refused("study " + id + " is going on: steer it where it goes on");
        }
        return steering;
    }

    @Override
    public Mission readMission(Path file) throws Refused {
        if (!Files.exists(file)) {
            throw new Refused("The mission file " + file + " is not there.");
        }
        return SampleStudy.mission();
    }

    @Override
    public StudyControl start(Mission mission, StudySettings settings, StudyListener listener) {
        started = settings;
        Play play = new Play(listener);
        Thread.ofVirtual().start(play);
        return play;
    }

    @Override
    public StudyControl resume(StudyId id, StudyListener listener) {
        return start(SampleStudy.mission(), StudySettings.DEFAULT, listener);
    }

    @Override
    public List<RunEvent> events(StudyId id, RunId run) {
        return List.of();
    }

    @Override
    public List<RunId> runningWorkers() {
        return List.of(new RunId("dates-1"), new RunId("dates-2"));
    }

    @Override
    public void stopWorker(RunId run) {
        stopped.add(run);
    }

    @Override
    public Path writeReport(StudyId id) {
        return Path.of("/studies", id.value(), "report.html");
    }

    @Override
    public void close() {
        closed = true;
    }

    /// The piece.
    private final class Play implements StudyControl, Runnable {
        private final StudyListener listener;
        private final CompletableFuture<Verdict> verdict = new CompletableFuture<>();
        private final CompletableFuture<StudyState> end = new CompletableFuture<>();

        @Override
        public Forecast forecast(Strategy strategy) {
            return new Forecast(20, 5_000, 0, 190, Double.POSITIVE_INFINITY, 3 << 20, Double.POSITIVE_INFINITY, true);
        }

        Play(StudyListener listener) {
            this.listener = listener;
        }

        @Override
        public void run() {
            Node proposal = SampleStudy.child(1, 0, NodeState.PROPOSED, null, SampleStudy.recipe("rank", "16"));
            say(SampleStudy.baseline());
            if (asks) {
                say(SampleStudy.baseline(), proposal);
                listener.on(new StudyEvent.AwaitingVerdict(proposal, 20));
                Verdict given = verdict.join();
                if (given instanceof Verdict.Rejected || end.isDone()) {
                    end(StudyState.STOPPED);
                    return;
                }
            }
            RunId run = new RunId("dates-1");
            listener.on(new StudyEvent.RunProgress(run, new RunEvent.Phase("loading the model", 0.5)));
            listener.on(new StudyEvent.RunProgress(run, new RunEvent.Step(1, 32, 2.5, 1e-3, 1, 900, 30, 1 << 29)));
            if (fails) {
                listener.on(new StudyEvent.Message(StudyEvent.Level.ERROR, "The disk /home is full."));
                end(StudyState.STOPPED);
                return;
            }
            say(SampleStudy.baseline(), fruitless ? SampleStudy.failed(1, 0, "failed while training: the loss is no number")
                    : SampleStudy.child(1, 0, NodeState.COMPLETED, SampleStudy.score(80), SampleStudy.recipe("rank", "16")));
            listener.on(new StudyEvent.SpendingChanged(new Spending(30, 0, 240)));
            listener.on(new StudyEvent.Finished(SampleStudy.result()));
            known.addFirst(SampleStudy.study(StudyState.FINISHED, SampleStudy.result()));
            end(StudyState.FINISHED);
        }

        private void say(Node... nodes) {
            tree = SampleStudy.tree(nodes);
            listener.on(new StudyEvent.TreeChanged(tree));
        }

        private void end(StudyState state) {
            listener.on(new StudyEvent.StateChanged(state));
            end.complete(state);
        }

        @Override
        public StudyId id() {
            return SampleStudy.ID;
        }

        @Override
        public void decide(NodeId node, Verdict given) {
            verdicts.add(given);
            verdict.complete(given);
        }

        @Override
        public void prune(NodeId node, boolean pruned) {}

        @Override
        public void boost(NodeId node) {}

        @Override
        public void propose(NodeId parent, Strategy strategy) {}

        @Override
        public void change(StudySettings settings) {
            started = settings;
        }

        @Override
        public void stop() {
            end.complete(StudyState.STOPPED);
            verdict.complete(new Verdict.Rejected("stopped"));
        }

        @Override
        public void finish() {}

        @Override
        public StudyState await() throws InterruptedException {
            try {
                return end.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
