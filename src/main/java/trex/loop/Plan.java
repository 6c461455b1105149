package trex.loop;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
/// @param inFlight the runs on their way; only a restarted loop finds runs without an outcome beside them
/// @param endNow whether the person wants the search to end
/// @param disk what a training's folder takes; the same for the same recipe
record Plan(Mission mission, Prepared prepared, ExperimentTree tree, Spending spending, InFlight inFlight, boolean endNow,
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

    /// With all set aside that the runs in flight may take: what is granted beside them then fits
    /// whatever they turn out to cost. A reservation that a killed loop left is not looked at: it belongs
    /// to a run that is about to be joined.
    Ledger ledger() {
        return beside(inFlight.limits());
    }

    private Ledger beside(Cost reserved) {
        return new Ledger(spending.reserving(reserved.seconds(), reserved.tokens(), reserved.disk()),
                Math.min(costs().finalTest(), FINAL_TEST_SHARE * spending.budgetSeconds()), REPEATS_SHARE);
    }

    /// Runs that a killed loop left come first, then what was approved, then the next proposal.
    private Step searching() {
        List<Node> approved =
                Stream.concat(all(NodeState.RUNNING), all(NodeState.QUEUED)).toList();
        Optional<Step> step = approved.stream().flatMap(node -> rejoining(node).stream()).findFirst()
                .or(() -> approved.stream().flatMap(node -> carryOut(node).stream()).findFirst());
        if (step.isPresent()) {
            return step.get();
        }
        boolean queued = first(NodeState.QUEUED).isPresent();
        if (!inFlight.isNone() && (inFlight.isFull() || queued || whyNoFurtherRound().isPresent())) {
            return new Step.Wait();
        }
        return first(NodeState.PROPOSED).map(this::review).orElseGet(Step.Grow::new);
    }

    private Optional<Step> rejoining(Node node) {
        return node.runs().stream().filter(this::isLeft).findFirst().filter(_ -> !inFlight.isFull())
                .map(run -> trainVariant(node, run.variant()));
    }

    /// Whether a killed loop began the run and nobody has joined it.
    private boolean isLeft(Run run) {
        return run.outcome() == null && !inFlight.has(run);
    }

    private Step review(Node node) {
        return tree.isPruned(node.id()) ? pruned(node) : new Step.Review(node, costs().round(node.strategy()).seconds());
    }

    private static Step pruned(Node node) {
        return new Step.Skip(node, "its branch was pruned");
    }

    /// What there is to do for an approved node now; nothing while it waits for runs in flight.
    private Optional<Step> carryOut(Node node) {
        Optional<Step> refusal = node.runs().isEmpty() ? refusal(node) : Optional.empty();
        if (refusal.isPresent()) {
            return refusal;
        }
        for (int variant = 0; variant < node.strategy().variants().size(); variant++) {
            if (!hasEnded(node, variant) && !inFlight.has(node.id(), variant)) {
                return carryOut(node, variant);
            }
        }
        return inFlight.has(node.id()) ? Optional.empty() : Optional.of(new Step.Close(node));
    }

    private Optional<Step> refusal(Node node) {
        if (tree.isPruned(node.id())) {
            return Optional.of(pruned(node));
        }
        Cost round = costs().round(node.strategy());
        return inFlight.isNone() && !ledger().fits(round)
                ? Optional.of(new Step.Skip(node, ledger().refusal(round)))
                : Optional.empty();
    }

    /// A round of several variants that turns out dearer than it seemed ends with those it has tried. What
    /// does not fit beside runs in flight waits for what they leave.
    private Optional<Step> carryOut(Node node, int variant) {
        Cost expected = costs().training(node.strategy().variants().get(variant));
        if (inFlight.isNone()) {
            return Optional.of(isScored(node) && isIdle(node) && !ledger().fits(expected)
                    ? new Step.Close(node)
                    : trainVariant(node, variant));
        }
        boolean further = node.runs().isEmpty();
        boolean fits = ledger().fits(further ? costs().round(node.strategy()) : expected);
        return inFlight.isFull() || !fits || further && whyNoFurtherRound().isPresent()
                ? Optional.empty()
                : Optional.of(trainVariant(node, variant));
    }

    private Step trainVariant(Node node, int variant) {
        Cost expected = costs().training(node.strategy().variants().get(variant));
        return new Step.TrainVariant(node, variant, expected, limit(node, expected));
    }

    /// Where a training is stopped: after so many seconds that one that was misjudged leaves something
    /// to the others, and after all tokens and bytes but the shares of those that may begin beside it. The last
    /// one may use what was meant for repeats: its score is worth more than theirs.
    private Cost limit(Node node, Cost expected) {
        int rounds = roundsToBegin(node);
        long variants = IntStream.range(0, node.strategy().variants().size())
                .filter(v -> !hasEnded(node, v) && !inFlight.has(node.id(), v))
                .count();
        long beside = Math.min(inFlight.free(), rounds - 1 + variants);
        return limit(expected, ledger().forRounds().seconds() / Math.max(Math.min(PATIENCE, rounds), beside), beside);
    }

    /// This one and those that no run has been begun of.
    private int roundsToBegin(Node node) {
        long others = all(NodeState.RUNNING).filter(n -> !n.id().equals(node.id())).count();
        return (int) Math.max(1, roundsLeft() - others);
    }

    /// The same for a training with another seed, which leaves nothing but their shares to others.
    ///
    /// @param open repeats to begin, this one among them
    private Cost limitAgain(Cost expected, int open) {
        long beside = Math.min(inFlight.free(), open);
        return limit(expected, ledger().forRepeats().seconds() / beside, beside);
    }

    /// @param share of the seconds
    /// @param beside trainings that may begin now, this one among them
    private Cost limit(Cost expected, double share, long beside) {
        Cost left = ledger().forRepeats();
        return new Cost(granted(left.seconds(), share, expected.seconds()),
                granted(left.tokens(), left.tokens() / beside, expected.tokens()),
                granted(left.disk(), left.disk() / beside, expected.disk()));
    }

    private static double granted(double left, double share, double expected) {
        return Math.min(left, Double.isNaN(expected) ? share : Math.max(share, PATIENCE * expected));
    }

    private int roundsLeft() {
        return Math.max(1, mission.budget().rounds() - tree.rounds().finished());
    }

    /// Seconds that the rounds to come may be planned for, beside what those in flight are expected to
    /// take. The last one is kept small enough to be done once more with another seed.
    double secondsToPlanFor() {
        Ledger ledger = beside(inFlight.expected());
        double left = inSeconds(ledger.forRounds());
        boolean last = roundsLeft() - tree.count(NodeState.RUNNING) <= 1;
        return last ? Math.min(left, REPEATABLE * inSeconds(ledger.forRepeats())) : left;
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
        return first(NodeState.RUNNING).isPresent() ? Optional.empty() : whyNoFurtherRound();
    }

    /// The same beside the rounds that have been begun, which are carried out in any case.
    private Optional<String> whyNoFurtherRound() {
        if (tree.rounds().finished() + tree.count(NodeState.RUNNING) >= mission.budget().rounds()) {
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
        List<Node> open = tree.nodes().stream().filter(n -> !n.state().isFinal()).toList();
        Optional<Node> free = open.stream().filter(n -> !inFlight.has(n.id())).findFirst();
        if (free.isPresent()) {
            return free.get().state() == NodeState.RUNNING
                    ? new Step.Close(free.get())
                    : new Step.Skip(free.get(), "the search had ended");
        }
        Optional<Repeats.Repeat> repeat = open.isEmpty() ? nextRepeat() : Optional.empty();
        if (repeat.isPresent()) {
            Cost expected = costs().again(repeat.get());
            return new Step.TrainAgain(repeat.get(), expected, limitAgain(expected, openRepeats().size()));
        }
        return inFlight.isNone() ? testing() : new Step.Wait();
    }

    /// One that a killed loop left is joined, whatever it costs.
    private Optional<Repeats.Repeat> nextRepeat() {
        if (endNow || testIsOpen() || inFlight.isFull()) {
            return Optional.empty();
        }
        List<Repeats.Repeat> open = openRepeats();
        return open.stream().filter(this::isLeft).findFirst()
                .or(() -> open.stream().findFirst().filter(r -> ledger().fitsRepeats(costs().again(r))));
    }

    private List<Repeats.Repeat> openRepeats() {
        return new Repeats(tree).open().stream().filter(r -> !inFlight.has(r.node().id(), r.variant())).toList();
    }

    private boolean isLeft(Repeats.Repeat repeat) {
        return repeat.node().runs().stream()
                .anyMatch(run -> isLeft(run) && run.work().equals(new Work.Train(repeat.recipe())));
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
        return all(state).findFirst();
    }

    private Stream<Node> all(NodeState state) {
        return tree.nodes().stream().filter(n -> n.state() == state);
    }
}
