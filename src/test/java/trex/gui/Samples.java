package trex.gui;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import trex.model.Bounds;
import trex.model.Budget;
import trex.model.Checkpoint;
import trex.model.Choice;
import trex.model.DataOperator;
import trex.model.DataRecipe;
import trex.model.DataSource;
import trex.model.Evidence;
import trex.model.ExperimentTree;
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
import trex.model.RecipeField;
import trex.model.ResearchDirection;
import trex.model.Run;
import trex.model.RunCost;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.Schedule;
import trex.model.Score;
import trex.model.Strategy;
import trex.model.TaskData;
import trex.model.Template;
import trex.model.ValidationCut;
import trex.model.Work;

/// Missions, recipes and trees for tests of the window.
public final class Samples {
    private Samples() {}

    public static Recipe recipe() {
        return new Recipe(new DataRecipe(List.of(new DataOperator.Sample(1024))), new Method.Lora(8, 16, LoraTargets.ALL_LINEAR),
                new Optimization(1e-3, 1, 16, 1, 0.06, Schedule.COSINE, 0, 1), LossOn.COMPLETION, 256, 4, Precision.AUTO, 7);
    }

    public static Mission mission() {
        DataSource source = new DataSource("train.tsv", null, "tsv");
        return new Mission("sst2", "Tell whether a sentence of a film review is positive or negative.", "SmolLM2-135M-Instruct",
                new TaskData(List.of(source), null, new ValidationCut(400, true), new DataSource("test.tsv", null, "tsv"),
                        new Template(null, "{sentence}", "{label}", Map.of(), List.of("negative", "positive"), true)),
                Metric.ACCURACY, new Budget(12, 2700, 4096), Map.of("learningRate", new Bounds(1e-4, 1e-2)), recipe(), 17);
    }

    public static Recipe with(Recipe recipe, String... changes) {
        Recipe changed = recipe;
        for (int i = 0; i < changes.length; i += 2) {
            changed = RecipeField.named(changes[i]).with(changed, changes[i + 1]);
        }
        return changed;
    }

    public static Strategy strategy(String hypothesis, Recipe... variants) {
        return new Strategy(ResearchDirection.ADJUST_TRAINING, hypothesis, List.of(new Evidence("PB-03",
                "Low-rank adapters like a learning rate ten times that of full tuning.",
                "Biderman et al. 2024, LoRA Learns Less and Forgets Less, arXiv 2405.09673, section 5")),
                List.of(variants), "Playbook");
    }

    public static Node baseline(double value) {
        Score score = Score.proportion(Metric.ACCURACY, (int) Math.round(value * 400), 400);
        Run run = new Run(new RunId("r0"), NodeId.BASELINE, -1, new Work.Measure(null, trex.model.Split.VALIDATION),
                new RunOutcome.Completed(score, null, new RunCost(14, 700L << 20, 0, 0)));
        return new Node(NodeId.BASELINE, null, Strategy.baseline(), NodeState.COMPLETED, List.of(run), score, false, "", null);
    }

    public static Node completed(int id, int parent, Strategy strategy, double value) {
        Score score = Score.proportion(Metric.ACCURACY, (int) Math.round(value * 400), 400);
        Recipe recipe = strategy.variants().getFirst();
        Run run = new Run(new RunId("r" + id), new NodeId(id), 0, new Work.Train(recipe), new RunOutcome.Completed(score,
                new Checkpoint("/checkpoints/" + id, 64, "ab"), new RunCost(120 + id, 1400L << 20, recipe.data().examples(), 40000)));
        return new Node(new NodeId(id), new NodeId(parent), strategy, NodeState.COMPLETED, List.of(run), score, false, "",
                choice(parent));
    }

    /// A completed node whose recipe was trained once more with another seed.
    public static Node repeated(Node node, double again) {
        Score score = Score.proportion(Metric.ACCURACY, (int) Math.round(again * 400), 400);
        Recipe recipe = node.strategy().variants().getFirst();
        List<Run> runs = new ArrayList<>(node.runs());
        runs.add(new Run(new RunId(node.runs().getFirst().id() + "-again"), node.id(), 0,
                new Work.Train(recipe.withSeed(recipe.seed() + 1)), new RunOutcome.Completed(score,
                new Checkpoint("/checkpoints/again", 64, "cd"), new RunCost(120, 1400L << 20, recipe.data().examples(), 40000))));
        return new Node(node.id(), node.parent(), node.strategy(), node.state(), runs, node.score(), node.pruned(),
                node.note(), node.choice());
    }

    public static Choice choice(int parent) {
        List<Choice.Candidate> candidates = new ArrayList<>();
        for (int i = 0; i <= parent && i < 4; i++) {
            candidates.add(new Choice.Candidate(new NodeId(parent - i), 1 + i, 1 - 0.2 * i, 0.4 + 0.05 * i));
        }
        return new Choice(new NodeId(parent), "Node #" + parent + " has the highest rank value plus bonus.", candidates);
    }

    public static Node in(NodeState state, int id, int parent, Strategy strategy, List<Run> runs, String note,
            @Nullable Score score) {
        return new Node(new NodeId(id), new NodeId(parent), strategy, state, runs, score, false, note, choice(parent));
    }

    /// A search-like tree: mostly recent nodes grow, at most six children each.
    public static ExperimentTree tree(int size, long seed) {
        Random random = new Random(seed);
        List<Node> nodes = new ArrayList<>(List.of(baseline(0.5)));
        int[] children = new int[size];
        double[] values = new double[size];
        values[0] = 0.5;
        for (int i = 1; i < size; i++) {
            int parent = random.nextInt(i);
            for (int tries = 0; tries < 20 && (children[parent] >= 6 || random.nextDouble() < 0.7); tries++) {
                parent = i - 1 - random.nextInt(Math.min(i, 1 + i / 4));
            }
            children[parent]++;
            values[i] = Math.clamp(values[parent] + random.nextGaussian() * 0.05, 0.02, 0.98);
            nodes.add(completed(i, parent, strategy("A step.", with(recipe(), "examples", Integer.toString(64 + i % 2000))), values[i]));
        }
        return new ExperimentTree(nodes, List.of());
    }
}
