package trex.loop;

import java.util.List;
import java.util.function.Function;
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
///
/// @param disk what a training's folder takes
record CostEstimate(SealedSplits splits, ExperimentTree tree, Function<Recipe, Disk.Need> disk) {
    private static final double MARGIN = 1.15;
    /// A single run that was disturbed must not end the search.
    private static final double MOST_SLOWNESS = 5;

    /// Of a round, whose trainings run one after the other; not known while nothing comparable has run.
    Cost round(Strategy strategy) {
        return strategy.variants().stream().map(this::training).reduce(Cost.NONE, Cost::plus).withDisk(disk(strategy));
    }

    private double disk(Strategy strategy) {
        return strategy.variants().stream().map(disk).reduce(Disk.Need.NONE, Disk.Need::then).peak();
    }

    /// Of one training; time and tokens are not known while nothing comparable has run.
    Cost training(Recipe recipe) {
        int rows = splits.train().rows();
        return new Cost(CostModel.of(tree).seconds(recipe, rows), CostModel.tokensAnExample(tree) * CostModel.passes(recipe, rows),
                disk.apply(recipe).peak());
    }

    /// Of a training done once more.
    Cost again(Repeats.Repeat repeat) {
        return repeat.cost().withDisk(disk.apply(repeat.recipe()).peak());
    }

    /// Seconds that so many tokens of training take in so many rounds; infinite while that is not known.
    double secondsFor(double tokens, int rounds) {
        CostModel model = CostModel.of(tree);
        double seconds = rounds * model.fixed() + tokens / CostModel.tokensAnExample(tree) * model.adapters();
        return Double.isNaN(seconds) ? Double.POSITIVE_INFINITY : seconds;
    }

    /// Seconds of measuring the base model and the best one on the test split, with a margin: they are
    /// measured in any case, and the budget must hold them.
    double finalTest() {
        double rows = (double) splits.test().rows() / splits.validation().rows();
        double slowness = Math.min(MOST_SLOWNESS, CostModel.slowness(tree));
        return 2 * MARGIN * CostModel.measurement(tree) * Math.max(1, rows) * slowness;
    }

    /// The least that a completed round has taken of seconds, of tokens and of disk; nothing while there
    /// is none.
    Cost cheapestRound() {
        List<Cost> rounds = tree.nodes().stream()
                .filter(n -> n.state() == NodeState.COMPLETED && n.parent() != null)
                .map(n -> spentOn(n).withDisk(disk(n.strategy())))
                .toList();
        return new Cost(rounds.stream().mapToDouble(Cost::seconds).min().orElse(0),
                rounds.stream().mapToDouble(Cost::tokens).min().orElse(0),
                rounds.stream().mapToDouble(Cost::disk).min().orElse(0));
    }

    private static Cost spentOn(Node node) {
        return node.runs().stream().filter(r -> !node.isRepeat(r)).map(CostEstimate::of).reduce(Cost.NONE, Cost::plus);
    }

    static Cost of(Run run) {
        RunOutcome outcome = run.outcome();
        return outcome == null ? Cost.NONE : new Cost(outcome.cost().seconds(), outcome.cost().tokens(), 0);
    }
}
