package trex.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import trex.model.Bounds;
import trex.model.Budget;
import trex.model.DataOperator;
import trex.model.DataRecipe;
import trex.model.DataSource;
import trex.model.Evidence;
import trex.model.ExperimentTree;
import trex.model.FailureKind;
import trex.model.LoraTargets;
import trex.model.LossOn;
import trex.model.Method;
import trex.model.Metric;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Optimization;
import trex.model.Precision;
import trex.model.Recipe;
import trex.model.ResearchDirection;
import trex.model.Run;
import trex.model.RunCost;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.Schedule;
import trex.model.Score;
import trex.model.Split;
import trex.model.Strategy;
import trex.model.TaskData;
import trex.model.Template;
import trex.model.ValidationCut;
import trex.model.Work;

/// Grows small trees by hand.
public final class Trees {
    private final List<Node> nodes = new ArrayList<>();
    private final Metric metric;
    private double times = 1;

    private Trees(Metric metric) {
        this.metric = metric;
    }

    public static Recipe recipe() {
        return new Recipe(
                new DataRecipe(List.of(new DataOperator.Sample(512))),
                new Method.Lora(8, 16, LoraTargets.QUERY_VALUE),
                new Optimization(1e-3, 1, 16, 1, 0.05, Schedule.COSINE, 0, 1),
                LossOn.COMPLETION, 128, 2, Precision.AUTO, 7);
    }

    public static Recipe withRate(double learningRate) {
        Optimization o = recipe().optimization();
        return recipe().withOptimization(new Optimization(learningRate, o.epochs(), o.batchSize(), o.accumulation(),
                o.warmupRatio(), o.schedule(), o.weightDecay(), o.clipNorm()));
    }

    public static Mission mission(Budget budget) {
        DataSource source = new DataSource("rows.tsv", null, "tsv");
        return new Mission("test", "Tell good from bad.", "nano",
                new TaskData(List.of(source), null, new ValidationCut(100, false), source,
                        new Template(null, "{text}", "{label}", Map.of(), List.of("good", "bad"), false)),
                Metric.ACCURACY, budget,
                Map.of("learningRate", new Bounds(1e-4, 1e-2), "examples", new Bounds(64, 8000)), recipe(), 11);
    }

    /// A tree with a baseline of the given accuracy, measured in 10 seconds.
    public static Trees baseline(double accuracy) {
        return baseline(accuracy, 0);
    }

    /// @param peakBytes memory of the measurement; 0 where it is not known
    public static Trees baseline(double accuracy, long peakBytes) {
        return baseline(accuracy, peakBytes, Metric.ACCURACY);
    }

    /// @param metric a share of rows
    public static Trees baseline(double accuracy, long peakBytes, Metric metric) {
        Trees trees = new Trees(metric);
        Score score = trees.of(accuracy);
        Run run = new Run(new RunId("r0"), NodeId.BASELINE, -1, new Work.Measure(null, Split.VALIDATION),
                new RunOutcome.Completed(score, null, new RunCost(10, peakBytes, 0, 0)));
        trees.nodes.add(new Node(NodeId.BASELINE, null, Strategy.baseline(), NodeState.COMPLETED, List.of(run), score,
                false, "", null));
        return trees;
    }

    public static Score score(double accuracy) {
        return new Trees(Metric.ACCURACY).of(accuracy);
    }

    private Score of(double accuracy) {
        return new Score(metric, accuracy, Math.sqrt(accuracy * (1 - accuracy) / 400), 400);
    }

    public Trees completed(int parent, double accuracy) {
        return completed(parent, recipe().withSeed(nodes.size()), accuracy);
    }

    public Trees completed(int parent, Recipe recipe, double accuracy) {
        return completed(parent, strategy(recipe), accuracy);
    }

    /// Costs 10 seconds and 0.1 for each example.
    public Trees completed(int parent, Strategy strategy, double accuracy) {
        Recipe recipe = strategy.variants().getFirst();
        long examples = Math.round(recipe.data().examples() * recipe.optimization().epochs());
        return add(parent, strategy, NodeState.COMPLETED,
                new RunOutcome.Completed(of(accuracy), null, new RunCost(times * (10 + 0.1 * examples), 0, examples, 0)),
                of(accuracy), "");
    }

    /// From now on trainings take so many times as long.
    Trees tookTimes(double changed) {
        times = changed;
        return this;
    }

    public Trees failed(int parent, Strategy strategy, FailureKind kind) {
        return add(parent, strategy, NodeState.FAILED,
                new RunOutcome.Failed(kind, "training", "it failed", new RunCost(5, 0, 0, 0)), null, "it failed");
    }

    public Trees failed(int parent) {
        return failed(parent, strategy(recipe().withSeed(nodes.size())), FailureKind.DIVERGED);
    }

    public Trees rejected(int parent, Strategy strategy, String reason) {
        NodeId id = new NodeId(nodes.size());
        nodes.add(new Node(id, new NodeId(parent), strategy, NodeState.REJECTED, List.of(), null, false, reason, null));
        return this;
    }

    public Trees rejected(int parent) {
        return rejected(parent, strategy(recipe().withSeed(nodes.size())), "no");
    }

    public Trees running(int parent) {
        return running(parent, strategy(recipe().withSeed(nodes.size())));
    }

    public Trees running(int parent, Strategy strategy) {
        return add(parent, strategy, NodeState.RUNNING, null, null, "");
    }

    /// Cuts a node and all below it.
    public Trees pruned(int node) {
        Node n = nodes.get(node);
        nodes.set(node, new Node(n.id(), n.parent(), n.strategy(), n.state(), n.runs(), n.score(), true, n.note(), n.choice()));
        return this;
    }

    private Trees add(int parent, Strategy strategy, NodeState state, @Nullable RunOutcome outcome, @Nullable Score score,
            String note) {
        NodeId id = new NodeId(nodes.size());
        Run run = new Run(new RunId("r" + id.value()), id, 0, new Work.Train(strategy.variants().getFirst()), outcome);
        nodes.add(new Node(id, new NodeId(parent), strategy, state, List.of(run), score, false, note, null));
        return this;
    }

    public static Strategy strategy(Recipe recipe) {
        return new Strategy(ResearchDirection.ADJUST_TRAINING, "it helps", List.of(new Evidence("t", "t", "t")),
                List.of(recipe), "test");
    }

    public int size() {
        return nodes.size();
    }

    public ExperimentTree tree() {
        return new ExperimentTree(nodes, List.of());
    }
}
