package trex.loop;

import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.NodeState;
import trex.model.Recipe;
import trex.model.Run;
import trex.model.RunOutcome;
import trex.model.SealedSplits;
import trex.model.Strategy;
import trex.search.CostModel;

/// What work will take on this machine, read off the runs so far.
record CostEstimate(SealedSplits splits, ExperimentTree tree) {
    private static final double MARGIN = 1.15;
    /// A single run that was disturbed must not end the search.
    private static final double MOST_SLOWNESS = 5;

    /// Seconds of a round, or NaN while nothing comparable has run.
    double round(Strategy strategy) {
        return strategy.variants().stream().mapToDouble(this::training).sum();
    }

    /// Seconds of one training, or NaN while nothing comparable has run.
    double training(Recipe recipe) {
        return CostModel.of(tree).seconds(recipe, splits.train().rows());
    }

    /// Seconds of measuring the base model and the best one on the test split, with a margin: they are
    /// measured in any case, and the budget must hold them.
    double finalTest() {
        double rows = (double) splits.test().rows() / splits.validation().rows();
        double slowness = Math.min(MOST_SLOWNESS, CostModel.slowness(tree));
        return 2 * MARGIN * CostModel.measurement(tree) * Math.max(1, rows) * slowness;
    }

    /// Seconds of the cheapest completed round so far; 0 while there is none.
    double cheapestRound() {
        return tree.nodes().stream()
                .filter(n -> n.state() == NodeState.COMPLETED && n.parent() != null)
                .mapToDouble(CostEstimate::spentOn)
                .min()
                .orElse(0);
    }

    private static double spentOn(Node node) {
        return node.runs().stream().filter(r -> !node.isRepeat(r)).mapToDouble(CostEstimate::seconds).sum();
    }

    static double seconds(Run run) {
        RunOutcome outcome = run.outcome();
        return outcome == null ? 0 : outcome.cost().seconds();
    }
}
