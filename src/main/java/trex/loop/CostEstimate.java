package trex.loop;

import java.util.List;
import java.util.function.Function;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.NodeState;
import trex.model.Prepared;
import trex.model.Recipe;
import trex.model.Run;
import trex.model.RunOutcome;
import trex.model.SealedSplits;
import trex.model.Strategy;
import trex.search.AskingCost;
import trex.search.CostModel;

/// What work will take on this machine, read off the runs so far.
///
/// @param disk what a training's folder takes
record CostEstimate(Prepared prepared, ExperimentTree tree, Function<Recipe, Disk.Need> disk) {
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

    /// Of one training, with the asking before it; time and tokens of training are not known while nothing
    /// comparable has run, but those of asking are.
    Cost training(Recipe recipe) {
        int rows = prepared.splits().train().rows();
        Cost training = new Cost(CostModel.of(tree).seconds(recipe, rows),
                CostModel.tokensAnExample(tree) * CostModel.passes(recipe, rows), disk.apply(recipe).peak());
        return withAsking(training, recipe);
    }

    private Cost withAsking(Cost training, Recipe recipe) {
        AskingCost asking = AskingCost.of(recipe, prepared.profile(), tree);
        return asking.tokens() == 0 ? training : new Cost(training.seconds() + asking.seconds(),
                training.known().tokens() + asking.tokens(), training.disk());
    }

    /// Of a training done once more.
    Cost again(Repeats.Repeat repeat) {
        return withAsking(repeat.cost(), repeat.recipe()).withDisk(disk.apply(repeat.recipe()).peak());
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
        SealedSplits splits = prepared.splits();
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
        return outcome == null ? Cost.NONE : new Cost(outcome.cost().spentSeconds(), outcome.cost().spentTokens(), 0);
    }

    /// Without what it asked a language model.
    static Cost ofTraining(Run run) {
        RunOutcome outcome = run.outcome();
        return outcome == null ? Cost.NONE : new Cost(outcome.cost().seconds(), outcome.cost().tokens(), 0);
    }
}
