package trex.loop;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.model.NodeId;
import trex.model.Strategy;
import trex.model.StudyId;
import trex.model.StudySettings;
import trex.model.StudyState;
import trex.model.Verdict;

/// A study whose loop runs on a virtual thread of its own.
public final class RunningStudy implements StudyControl {
    private static final Logger LOG = LoggerFactory.getLogger(RunningStudy.class);

    private final StudyId id;
    private final Ports ports;
    private final StudyStore store;
    private final Steering steering;
    private final InteractiveGate gate;
    private final StudyLoop loop;
    private final Thread thread;
    private final CompletableFuture<StudyState> end = new CompletableFuture<>();

    private RunningStudy(StudyId id, Ports ports, StudyListener listener) {
        this.id = id;
        this.ports = ports;
        this.store = ports.store();
        this.steering = new Steering(id, store, ports.policies());
        this.gate = new InteractiveGate(store.study(id).settings().approval(), ports.clock());
        this.loop = new StudyLoop(id, ports, gate, listener);
        this.thread = Thread.ofVirtual().name("study-" + id).unstarted(this::run);
    }

    /// Starts the loop of a stored study, where it stopped if it ran before.
    public static RunningStudy start(StudyId id, Ports ports, StudyListener listener) {
        RunningStudy study = new RunningStudy(id, ports, listener);
        study.thread.start();
        return study;
    }

    private void run() {
        StudyState left = StudyState.STOPPED;
        try {
            left = loop.run();
        } catch (Error e) {
            // The thread's edge: the loop itself lets errors through, as it must a kill.
            LOG.error("{}: ended by an error", id, e);
            brokenOff(e);
        } finally {
            end.complete(left);
        }
    }

    /// Says that the study has stopped, and writes it down where that can still be done.
    private void brokenOff(Error fault) {
        String sentence = "stopped by an error of this program (" + fault + "); the log has more, and the study can be resumed";
        try {
            store.journal(id, "stopped: " + sentence);
            store.state(id, StudyState.STOPPED);
        } catch (RuntimeException | Error e) {
            LOG.error("{}: that it stopped is not written down", id, e);
        }
        loop.announcer().error(sentence);
        loop.announcer().state(StudyState.STOPPED);
    }

    @Override
    public StudyId id() {
        return id;
    }

    @Override
    public void decide(NodeId node, Verdict verdict) {
        if (verdict instanceof Verdict.Approved(Strategy strategy)) {
            steering.refuseForbidden(strategy, node);
        }
        gate.decide(node, verdict);
    }

    @Override
    public void prune(NodeId node, boolean pruned) {
        steering.prune(node, pruned);
        loop.announcer().tree();
        gate.recall();
    }

    @Override
    public void boost(NodeId node) {
        steering.boost(node);
    }

    @Override
    public void propose(NodeId parent, Strategy strategy) {
        steering.propose(parent, strategy);
        loop.announcer().tree();
        gate.recall();
    }

    @Override
    public Forecast forecast(Strategy strategy) {
        return Forecast.of(store.study(id), store.tree(id), strategy, ports.disk());
    }

    @Override
    public void change(StudySettings settings) {
        steering.change(settings);
        gate.approval(settings.approval());
    }

    @Override
    public void stop() {
        loop.stop();
    }

    @Override
    public void finish() {
        loop.finish();
    }

    @Override
    public StudyState await() throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the loop's end is only ever completed with a state", e);
        }
    }

    /// Ends the loop as a kill would, and waits for that: runs go on, and a later start finds them.
    public void abandon() {
        Abandoning.endAll(List.of(thread));
    }

    /// Whether the loop has ended.
    public boolean hasEnded() {
        return end.isDone();
    }
}
