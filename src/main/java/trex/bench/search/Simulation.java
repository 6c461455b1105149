package trex.bench.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import trex.model.DataRecipe;
import trex.model.Evidence;
import trex.model.ExperimentTree;
import trex.model.LossOn;
import trex.model.Method;
import trex.model.Metric;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Optimization;
import trex.model.Precision;
import trex.model.Recipe;
import trex.model.ResearchDirection;
import trex.model.Schedule;
import trex.model.Score;
import trex.model.Strategy;
import trex.search.DraftsFirst;
import trex.search.SearchPolicy;
import trex.search.planner.History;
import trex.search.planner.Planner;
import trex.search.planner.Point;

/// One search on one problem: the product's own policies and planner on a real tree, with points
/// where a study has recipes and a landscape where it has trainings.
final class Simulation {
    /// Random points of a flat search before it screens.
    private static final int STARTING_POINTS = 8;
    private static final int TRIES = 200;
    private static final Strategy ANY = strategy();

    private final Problem problem;
    private final Contender contender;
    private final SearchPolicy policy;
    private final Planner planner;
    private final Random random;
    private final Random noise;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<NodeId, Point> points = new HashMap<>();
    private final List<History.Observation> observed = new ArrayList<>();
    private final List<Point> failed = new ArrayList<>();

    Simulation(Problem problem, Contender contender, long seed) {
        this.problem = problem;
        this.contender = contender;
        this.policy = contender.policy(seed);
        this.planner = new Planner(problem.landscape().space(), contender.screen(), contender.candidates());
        this.random = new Random(seed);
        this.noise = new Random(seed * 31 + 7);
        // the untrained model is far below every recipe
        nodes.add(completed(null, Strategy.baseline(), problem.ordinary() - 5 * (problem.best() - problem.ordinary())));
    }

    /// The regret of the recipe with the best observation after each evaluation.
    double[] regrets(int evaluations) {
        double[] regrets = new double[evaluations];
        double bestSeen = Double.NEGATIVE_INFINITY;
        double truthOfBest = problem.ordinary();
        for (int i = 0; i < evaluations; i++) {
            NodeId parent = policy.select(new ExperimentTree(nodes, List.of())).node();
            Point point = propose(parent);
            double truth = problem.landscape().value(point);
            double seen = truth + problem.noise() * noise.nextGaussian();
            if (seen > bestSeen) {
                bestSeen = seen;
                truthOfBest = truth;
            }
            grow(parent, point, seen);
            regrets[i] = problem.regret(truthOfBest);
        }
        return regrets;
    }

    private void grow(NodeId parent, Point point, double seen) {
        points.put(new NodeId(nodes.size()), point);
        if (Double.isNaN(seen)) {
            nodes.add(new Node(new NodeId(nodes.size()), parent, ANY, NodeState.FAILED, List.of(), null, false,
                    "diverged", null));
            failed.add(point);
        } else {
            nodes.add(completed(parent, ANY, seen));
            observed.add(new History.Observation(point, seen));
        }
    }

    private Node completed(@Nullable NodeId parent, Strategy strategy, double value) {
        return new Node(new NodeId(nodes.size()), parent, strategy, NodeState.COMPLETED, List.of(),
                new Score(Metric.ACCURACY, value, problem.noise(), 1), false, "", null);
    }

    private Point propose(NodeId parent) {
        History history = new History(observed, failed, List.of());
        Point from = points.get(parent);
        Optional<Point> wanted = from == null
                ? draft(history)
                : planner.edit(history, from, this::untried, random).map(p -> p.point());
        return wanted.orElseGet(this::anything);
    }

    private Optional<Point> draft(History history) {
        int drafted = observed.size() + failed.size();
        if (contender.drafts() == Contender.Drafts.PLAYBOOK && drafted < DraftsFirst.DRAFTS) {
            return drafted < problem.drafts().size()
                    ? Optional.of(problem.drafts().get(drafted))
                    : planner.fill(history, this::untried, random).map(p -> p.point());
        }
        return drafted < STARTING_POINTS
                ? untried(problem.landscape().space().random(random))
                : planner.draft(history, this::untried, random).map(p -> p.point());
    }

    private Optional<Point> untried(Point wanted) {
        return problem.landscape().feasible().apply(wanted).filter(p -> !points.containsValue(p));
    }

    /// Where a proposer has nothing new: any point that was not tried.
    private Point anything() {
        for (int i = 0; i < TRIES; i++) {
            Optional<Point> point = untried(problem.landscape().space().random(random));
            if (point.isPresent()) {
                return point.get();
            }
        }
        return problem.landscape().feasible().apply(problem.landscape().space().random(random)).orElseThrow();
    }

    /// What the tree needs and no policy reads.
    private static Strategy strategy() {
        Recipe recipe = new Recipe(new DataRecipe(List.of()), new Method.Full(),
                new Optimization(1e-3, 1, 1, 1, 0, Schedule.CONSTANT, 0, 1), LossOn.ALL, 8, 1, Precision.FP32, 0);
        return new Strategy(ResearchDirection.ADJUST_TRAINING, "a point of the landscape",
                List.of(new Evidence("bench", "simulated", "surrogate")), List.of(recipe), "bench");
    }
}
