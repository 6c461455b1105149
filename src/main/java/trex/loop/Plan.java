package trex.loop;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import trex.model.ExperimentTree;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Prepared;
import trex.model.Recipe;
import trex.model.RoundCount;
import trex.model.Run;
import trex.model.RunOutcome;
import trex.model.Score;
import trex.model.Spending;
import trex.model.Split;
import trex.model.StudyResult;
import trex.model.Work;

/// Reads the next step off what is stored, and off nothing else: a study that was killed at any
/// moment goes on exactly where it was.
///
/// @param endNow whether the person wants the search to end
/// @param disk what a training's folder takes; the same for the same recipe
record Plan(Mission mission, Prepared prepared, ExperimentTree tree, Spending spending, boolean endNow,
        Function<Recipe, Disk.Need> disk) {
    /// Proposals in a row that did not fit the budget, after which the search ends.
    static final int REFUSALS = 3;
    /// Of the budget: room for the dearest round once more, which is mostly the best one.
    private static final double REPEATS_SHARE = 0.15;
    /// Of the budget, the most that is set aside for the final test: on a machine disturbed by other work its
    /// estimate could end a search that has hardly begun.
    private static final double FINAL_TEST_SHARE = 1.0 / 3;
    /// Of what is left, for a round that is to be repeated: a little less than half.
    private static final double REPEATABLE = 0.45;
    /// A round may take so many times what was expected of it, and in any case its fair share of what
    /// is left, before it is stopped.
    private static final double PATIENCE = 3;

    Step next() {
        if (tree.isEmpty() || !tree.baseline().state().isFinal()) {
            return new Step.MeasureBaseline();
        }
        return searchIsOver() ? ending() : searching();
    }

    CostEstimate costs() {
        return new CostEstimate(prepared, tree, disk);
    }

    /// Nothing is reserved between steps: a reservation that a killed loop left belongs to a run
    /// that is about to be joined.
    Ledger ledger() {
        return new Ledger(spending.settled(),
                Math.min(costs().finalTest(), FINAL_TEST_SHARE * spending.budgetSeconds()), REPEATS_SHARE);
    }

    private Step searching() {
        Optional<Node> approved = first(NodeState.RUNNING).or(() -> first(NodeState.QUEUED));
        if (approved.isPresent()) {
            return carryOut(approved.get());
        }
        return first(NodeState.PROPOSED).map(this::review).orElseGet(Step.Grow::new);
    }

    private Step review(Node node) {
        return tree.isPruned(node.id()) ? pruned(node) : new Step.Review(node, costs().round(node.strategy()).seconds());
    }

    private static Step pruned(Node node) {
        return new Step.Skip(node, "its branch was pruned");
    }

    /// A round of several variants that turns out dearer than it seemed ends with those it has tried.
    private Step carryOut(Node node) {
        Cost round = costs().round(node.strategy());
        if (node.runs().isEmpty() && tree.isPruned(node.id())) {
            return pruned(node);
        }
        if (node.runs().isEmpty() && !ledger().fits(round)) {
            return new Step.Skip(node, ledger().refusal(round));
        }
        for (int variant = 0; variant < node.strategy().variants().size(); variant++) {
            if (!hasEnded(node, variant)) {
                Cost expected = costs().training(node.strategy().variants().get(variant));
                if (isScored(node) && isIdle(node) && !ledger().fits(expected)) {
                    return new Step.Close(node);
                }
                return new Step.TrainVariant(node, variant, expected, limit(expected.seconds()));
            }
        }
        return new Step.Close(node);
    }

    /// Where a training is stopped: after so many seconds that one that was misjudged leaves something
    /// to the others, and after all tokens and bytes. The last one may use what was meant for repeats: its score is
    /// worth more than theirs.
    private Cost limit(double expected) {
        double share = ledger().forRounds().seconds() / Math.min(PATIENCE, roundsLeft());
        return new Cost(
                Math.min(ledger().forRepeats().seconds(),
                        Double.isNaN(expected) ? share : Math.max(share, PATIENCE * expected)),
                ledger().forRepeats().tokens(), ledger().forRepeats().disk());
    }

    private int roundsLeft() {
        return Math.max(1, mission.budget().rounds() - tree.rounds().finished());
    }

    /// Seconds that the rounds to come may be planned for. The last one is kept small enough to be done
    /// once more with another seed.
    double secondsToPlanFor() {
        double left = inSeconds(ledger().forRounds());
        return roundsLeft() > 1 ? left : Math.min(left, REPEATABLE * inSeconds(ledger().forRepeats()));
    }

    /// The seconds that may be planned for where the tokens are the scarcer of both.
    private double inSeconds(Cost left) {
        return Math.min(left.seconds(), costs().secondsFor(left.tokens(), roundsLeft()));
    }

    private static boolean isScored(Node node) {
        return node.runs().stream().anyMatch(r -> r.outcome() instanceof RunOutcome.Completed);
    }

    /// Whether no run is on its way: one that a killed loop left is joined, whatever it costs.
    private static boolean isIdle(Node node) {
        return node.runs().stream().allMatch(r -> r.outcome() != null);
    }

    private static boolean hasEnded(Node node, int variant) {
        return node.runs().stream().anyMatch(r -> r.variant() == variant && r.outcome() != null);
    }

    private boolean searchIsOver() {
        return new Repeats(tree).begun() || testIsOpen() || whySearchEnds().isPresent();
    }

    /// Why no further round is begun, in words; empty while the search goes on.
    Optional<String> whySearchEnds() {
        if (endNow) {
            return Optional.of("the person ended it");
        }
        if (first(NodeState.RUNNING).isPresent()) {
            return Optional.empty();
        }
        if (tree.rounds().finished() >= mission.budget().rounds()) {
            return Optional.of("its rounds are done");
        }
        if (refusalsInARow() >= REFUSALS) {
            return Optional.of(REFUSALS + " proposals in a row did not fit the budget");
        }
        Cost cheapest = costs().cheapestRound();
        Cost left = ledger().forRounds();
        return left.tokens() > 0 && left.disk() > 0 && ledger().fits(cheapest)
                ? Optional.empty()
                : Optional.of(ledger().exhaustion(cheapest));
    }

    private int refusalsInARow() {
        int refusals = 0;
        for (Node node : tree.nodes().reversed()) {
            if (!node.state().isFinal()) {
                continue;
            }
            if (node.state() != NodeState.SKIPPED || !Ledger.isRefusal(node.note())) {
                break;
            }
            refusals++;
        }
        return refusals;
    }

    private Step ending() {
        Optional<Node> open = tree.nodes().stream().filter(n -> !n.state().isFinal()).findFirst();
        if (open.isPresent()) {
            return open.get().state() == NodeState.RUNNING
                    ? new Step.Close(open.get())
                    : new Step.Skip(open.get(), "the search had ended");
        }
        Optional<Repeats.Repeat> repeat = nextRepeat();
        return repeat.isPresent() ? new Step.TrainAgain(repeat.get()) : testing();
    }

    private Optional<Repeats.Repeat> nextRepeat() {
        if (endNow || testIsOpen()) {
            return Optional.empty();
        }
        return new Repeats(tree).open().stream().findFirst().filter(r -> ledger().fitsRepeats(costs().again(r)));
    }

    private Step testing() {
        if (testScore(NodeId.BASELINE) == null) {
            return new Step.OpenTest(NodeId.BASELINE, null);
        }
        Optional<Repeats.Named> best = new Repeats(tree).best();
        if (best.isPresent() && testScore(best.get().node().id()) == null) {
            return new Step.OpenTest(best.get().node().id(), best.get().checkpoint());
        }
        return new Step.Finish(result(best));
    }

    private StudyResult result(Optional<Repeats.Named> best) {
        Score baseline = Objects.requireNonNull(tree.baseline().score(), "a closed baseline has a score");
        RoundCount rounds = tree.rounds();
        return new StudyResult(
                new StudyResult.Measured(baseline, testScore(NodeId.BASELINE)),
                best.map(b -> new StudyResult.Best(
                                b.node().id(), b.validation(), testScore(b.node().id()), b.checkpoint()))
                        .orElse(null),
                rounds.completed(),
                rounds.failed() + rounds.pruned(),
                rounds.rejected(),
                spending.spentSeconds());
    }

    private boolean testIsOpen() {
        return tree.nodes().stream().anyMatch(n -> n.runs().stream().anyMatch(Plan::isTest));
    }

    static boolean isTest(Run run) {
        return run.work() instanceof Work.Measure(_, Split split) && split == Split.TEST;
    }

    private @Nullable Score testScore(NodeId node) {
        for (Run run : tree.node(node).runs()) {
            if (isTest(run) && run.outcome() instanceof RunOutcome.Completed(Score score, _, _)) {
                return score;
            }
        }
        return null;
    }

    private Optional<Node> first(NodeState state) {
        return tree.nodes().stream().filter(n -> n.state() == state).findFirst();
    }
}
