package trex.loop;

import java.util.List;
import java.util.OptionalDouble;
import trex.model.ExperimentTree;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Recipe;
import trex.model.Run;
import trex.model.RunOutcome;
import trex.model.SealedSplits;
import trex.model.Strategy;
import trex.model.Work;

/// What work will take on this machine, read off the runs so far: a training is one measurement of
/// the validation split (which the baseline's run has timed, loading included) and so much for
/// each training example.
record CostEstimate(Mission mission, SealedSplits splits, ExperimentTree tree) {

    /// Seconds of a round, or NaN while nothing comparable has run.
    double round(Strategy strategy) {
        return strategy.variants().stream().mapToDouble(this::training).sum();
    }

    /// Seconds of one training, or NaN while nothing comparable has run.
    double training(Recipe recipe) {
        return measurement() + secondsPerExample() * examples(recipe);
    }

    /// Seconds of measuring the base model and the best one on the test split.
    double finalTest() {
        double rows = (double) splits.test().rows() / splits.validation().rows();
        return 2 * measurement() * Math.max(1, rows);
    }

    /// Seconds of the cheapest completed round so far; 0 while there is none.
    double cheapestRound() {
        return tree.nodes().stream()
                .filter(n -> n.state() == NodeState.COMPLETED && n.parent() != null)
                .mapToDouble(CostEstimate::spentOn)
                .min()
                .orElse(0);
    }

    /// Training examples that a recipe processes, epochs counted.
    private double examples(Recipe recipe) {
        return Math.min(recipe.data().examples(), splits.train().rows()) * recipe.optimization().epochs();
    }

    private double measurement() {
        if (tree.isEmpty()) {
            return Double.NaN;
        }
        OptionalDouble seconds = tree.node(NodeId.BASELINE).runs().stream()
                .filter(r -> r.outcome() instanceof RunOutcome.Completed)
                .mapToDouble(CostEstimate::seconds)
                .findFirst();
        return seconds.orElse(Double.NaN);
    }

    private double secondsPerExample() {
        List<Run> trainings = tree.nodes().stream()
                .flatMap(n -> n.runs().stream())
                .filter(r -> r.work() instanceof Work.Train && r.outcome() instanceof RunOutcome.Completed)
                .toList();
        double examples = trainings.stream().mapToDouble(CostEstimate::processed).sum();
        double seconds = trainings.stream().mapToDouble(CostEstimate::seconds).sum();
        // 0 / 0 is NaN: nothing is known yet.
        return Math.max(0, seconds - trainings.size() * measurement()) / examples;
    }

    private static double spentOn(Node node) {
        return node.runs().stream().filter(r -> !Repeats.isRepeat(node, r)).mapToDouble(CostEstimate::seconds).sum();
    }

    private static double processed(Run run) {
        RunOutcome outcome = run.outcome();
        return outcome == null ? 0 : outcome.cost().examples();
    }

    static double seconds(Run run) {
        RunOutcome outcome = run.outcome();
        return outcome == null ? 0 : outcome.cost().seconds();
    }
}
