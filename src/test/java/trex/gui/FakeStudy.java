package trex.gui;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import trex.loop.Forecast;
import trex.loop.StudyControl;
import trex.loop.StudyEvent;
import trex.loop.StudyListener;
import trex.model.Checkpoint;
import trex.model.ExperimentTree;
import trex.model.FailureKind;
import trex.model.Metric;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Recipe;
import trex.model.Run;
import trex.model.RunCost;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.Score;
import trex.model.Spending;
import trex.model.Strategy;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.StudyResult;
import trex.model.StudySettings;
import trex.model.StudyState;
import trex.model.Verdict;
import trex.model.Work;

/// A study that a test plays by hand; it keeps what the person decided.
public final class FakeStudy implements StudyControl {
    private final StudyId id;
    private final Mission mission;
    private final List<Node> nodes = new ArrayList<>();
    private final List<NodeId> boosted = new CopyOnWriteArrayList<>();
    private final List<Verdict> verdicts = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile StudyListener listener = _ -> { };
    private volatile StudySettings settings;
    private volatile StudyState state = StudyState.RUNNING;
    private volatile Forecast forecast = Forecast.UNKNOWN;
    private volatile double spent;

    public FakeStudy(StudyId id, Mission mission, StudySettings settings) {
        this.id = id;
        this.mission = mission;
        this.settings = settings;
    }

    public List<Verdict> verdicts() {
        return verdicts;
    }

    public List<NodeId> boosted() {
        return boosted;
    }

    public StudySettings settings() {
        return settings;
    }

    /// What every later question for a forecast is answered with.
    public void forecasts(Forecast answer) {
        forecast = answer;
    }

    public void listen(StudyListener changed) {
        listener = changed;
        changed();
        tree().nodes().stream().filter(n -> n.state() == NodeState.PROPOSED)
                .forEach(n -> say(new StudyEvent.AwaitingVerdict(n, 95)));
    }

    public synchronized ExperimentTree tree() {
        return new ExperimentTree(nodes, List.of());
    }

    public synchronized Study study() {
        return new Study(id, mission, settings, state, java.time.Instant.parse("2026-05-04T10:00:00Z"), null, spending(), null);
    }

    public synchronized void add(Node node) {
        nodes.add(node);
        changed();
    }

    public synchronized void addAll(List<Node> more) {
        nodes.addAll(more);
        changed();
    }

    /// A proposal that waits for the person.
    public NodeId propose(int parent, Strategy strategy) {
        Node node;
        synchronized (this) {
            node = Samples.in(NodeState.PROPOSED, nodes.size(), parent, strategy, List.of(), "", null);
            nodes.add(node);
        }
        changed();
        say(new StudyEvent.Message(StudyEvent.Level.INFO, node.id() + "  proposed: " + strategy.hypothesis()));
        say(new StudyEvent.AwaitingVerdict(node, 95));
        return node.id();
    }

    /// Starts the runs of a node, one a variant.
    public List<RunId> begin(NodeId node) {
        List<Run> runs = new ArrayList<>();
        List<Recipe> variants = node(node).strategy().variants();
        for (int i = 0; i < variants.size(); i++) {
            runs.add(new Run(new RunId("r" + node.value() + "-" + (i + 1)), node, i, new Work.Train(variants.get(i)), null));
        }
        replace(node, NodeState.RUNNING, runs, null, "");
        return runs.stream().map(Run::id).toList();
    }

    public void step(RunId run, int step, int steps, double loss) {
        progress(run, new RunEvent.Step(step, steps, loss, 1e-3, 0.8, 5200, 31, 900L << 20));
    }

    public void progress(RunId run, RunEvent event) {
        say(new StudyEvent.RunProgress(run, event));
    }

    public void complete(NodeId node, double value) {
        Score score = Score.proportion(Metric.ACCURACY, (int) Math.round(value * 400), 400);
        List<Run> runs = node(node).runs().stream().map(r -> new Run(r.id(), r.node(), r.variant(), r.work(),
                (RunOutcome) new RunOutcome.Completed(score, new Checkpoint("/c", 64, "ab"), new RunCost(131, 1500L << 20, 1024, 50000)))).toList();
        spent += 131;
        replace(node, NodeState.COMPLETED, runs, score, "");
        say(new StudyEvent.SpendingChanged(spending()));
        say(new StudyEvent.Message(StudyEvent.Level.INFO, node + "  completed: accuracy " + value));
    }

    public void fail(NodeId node, String message) {
        List<Run> runs = node(node).runs().stream().map(r -> new Run(r.id(), r.node(), r.variant(), r.work(),
                (RunOutcome) new RunOutcome.Failed(FailureKind.DIVERGED, "training", message, new RunCost(12, 1500L << 20, 96, 5000)))).toList();
        replace(node, NodeState.FAILED, runs, null, message);
        say(new StudyEvent.Message(StudyEvent.Level.WARNING, node + "  failed: " + message));
    }

    public void end(StudyState how, StudyResult result) {
        state = how;
        say(new StudyEvent.Finished(result));
        say(new StudyEvent.StateChanged(how));
        ended.countDown();
    }

    public void say(StudyEvent event) {
        listener.on(event);
    }

    @Override
    public StudyId id() {
        return id;
    }

    @Override
    public void decide(NodeId node, Verdict verdict) {
        if (node(node).state() != NodeState.PROPOSED) {
            throw new IllegalStateException("node " + node + " does not wait for a verdict");
        }
        verdicts.add(verdict);
        switch (verdict) {
            case Verdict.Approved(var strategy) -> {
                synchronized (this) {
                    nodes.set(node.value(), Samples.in(NodeState.QUEUED, node.value(), parent(node), strategy, List.of(), "", null));
                }
                changed();
            }
            case Verdict.Rejected(var reason) -> replace(node, NodeState.REJECTED, List.of(), null, reason);
        }
    }

    @Override
    public void boost(NodeId node) {
        boosted.add(node);
    }

    @Override
    public void prune(NodeId node, boolean pruned) {
        synchronized (this) {
            Node n = nodes.get(node.value());
            nodes.set(node.value(), new Node(n.id(), n.parent(), n.strategy(), n.state(), n.runs(), n.score(), pruned, n.note(), n.choice()));
        }
        changed();
    }

    @Override
    public void propose(NodeId parent, Strategy strategy) {
        add(Samples.in(NodeState.QUEUED, tree().nodes().size(), parent.value(), strategy, List.of(), "", null));
    }

    @Override
    public Forecast forecast(Strategy strategy) {
        return forecast;
    }

    @Override
    public void change(StudySettings changed) {
        settings = changed;
    }

    @Override
    public void stop() {
        state = StudyState.STOPPED;
        say(new StudyEvent.StateChanged(StudyState.STOPPED));
        ended.countDown();
    }

    @Override
    public void finish() {
        say(new StudyEvent.Message(StudyEvent.Level.INFO, "finishing"));
    }

    @Override
    public StudyState await() throws InterruptedException {
        ended.await();
        return state;
    }

    public synchronized Node node(NodeId node) {
        return nodes.get(node.value());
    }

    private int parent(NodeId node) {
        NodeId parent = node(node).parent();
        return parent == null ? 0 : parent.value();
    }

    private void replace(NodeId node, NodeState to, List<Run> runs, @org.jspecify.annotations.Nullable Score score, String note) {
        synchronized (this) {
            nodes.set(node.value(), Samples.in(to, node.value(), parent(node), node(node).strategy(), runs, note, score));
        }
        changed();
    }

    private Spending spending() {
        return new Spending(spent, 120, mission.budget().seconds());
    }

    private void changed() {
        say(new StudyEvent.TreeChanged(tree()));
    }
}
