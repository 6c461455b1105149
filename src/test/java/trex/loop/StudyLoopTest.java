package trex.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import trex.model.Checkpoint;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.RoundCount;
import trex.model.Run;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.Split;
import trex.model.Strategy;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.StudyResult;
import trex.model.StudyState;
import trex.model.Work;

class StudyLoopTest {
    private final Laboratory lab = new Laboratory();

    private StudyId finished(int rounds, long seconds) {
        StudyId id = lab.create(Fixtures.mission(rounds, seconds));
        assertThat(lab.run(id)).isEqualTo(StudyState.FINISHED);
        return id;
    }

    private StudyResult result(StudyId id) {
        return Objects.requireNonNull(lab.store.study(id).result());
    }

    private static List<Run> tests(ExperimentTree tree) {
        return tree.nodes().stream()
                .flatMap(n -> n.runs().stream())
                .filter(r -> r.work() instanceof Work.Measure(_, Split split) && split == Split.TEST)
                .toList();
    }

    @Test
    void theBaselineIsMeasuredFirstAndIsTheRoot() {
        StudyId id = finished(1, 10_000);
        Node root = lab.store.tree(id).baseline();
        assertThat(root.state()).isEqualTo(NodeState.COMPLETED);
        assertThat(root.score()).isEqualTo(Fixtures.score(0.5));
        assertThat(root.runs().getFirst().work()).isEqualTo(new Work.Measure(null, Split.VALIDATION));
    }

    @Test
    void roundsAreCountedWithoutTheBaselineAndWithTheFailedOnes() {
        StudyId id = finished(6, 10_000);
        StudyResult result = result(id);
        assertThat(result.completed()).isEqualTo(5);
        assertThat(result.failed()).isEqualTo(1);
        assertThat(lab.store.tree(id).nodes()).hasSize(7);
        assertThat(lab.store.tree(id).rounds()).isEqualTo(new RoundCount(5, 1, 0, 0, 0));
    }

    @Test
    void neverMoreRoundsAreToldThanTheBudgetHas() {
        StudyId id = lab.create(Fixtures.mission(4, 10_000));
        lab.run(id, Laboratory.rejecting(new NodeId(2), "no"));
        assertThat(lab.heard(StudyEvent.TreeChanged.class)).extracting(e -> e.tree().rounds().finished())
                .isSorted()
                .allSatisfy(finished -> assertThat(finished).isBetween(0, 4));
        assertThat(lab.store.tree(id).rounds()).as("repeats are no rounds").isEqualTo(new RoundCount(3, 1, 0, 1, 0));
    }

    @Test
    void aFailedRunClosesItsNodeWithTheReasonAndTheStudyGoesOn() {
        StudyId id = finished(6, 10_000);
        Node failed = lab.store.tree(id).node(new NodeId(4));
        assertThat(failed.state()).isEqualTo(NodeState.FAILED);
        assertThat(failed.note()).isEqualTo("failed while training: the loss is no number");
        assertThat(lab.store.tree(id).node(new NodeId(5)).state()).isEqualTo(NodeState.COMPLETED);
    }

    @Test
    void aNodesScoreIsItsBestVariants() {
        lab.researcher = new ScriptedResearcher(tree -> Fixtures.strategy("Several rates.",
                Fixtures.recipe(2e-3, 100), Fixtures.recipe(4e-3, 100), Fixtures.recipe(6e-3, 100)));
        StudyId id = finished(1, 10_000);
        Node node = lab.store.tree(id).node(new NodeId(1));
        assertThat(node.state()).isEqualTo(NodeState.COMPLETED);
        assertThat(node.score()).isEqualTo(Fixtures.score(0.85));
    }

    @Test
    void theTestSplitIsOpenedAtTheEndForTheBaselineAndTheNamedModelOnly() {
        StudyId id = finished(6, 10_000);
        List<Run> tests = tests(lab.store.tree(id));
        assertThat(tests).extracting(Run::node).containsExactly(NodeId.BASELINE, new NodeId(5));
        StudyResult.Best best = Objects.requireNonNull(result(id).best());
        assertThat(best.test()).isEqualTo(Fixtures.score(0.75));
        assertThat(result(id).baseline().test()).isEqualTo(Fixtures.score(0.45));
        assertThat(lab.store.journal(id)).filteredOn(l -> l.text().startsWith("opened the test split")).hasSize(2);
    }

    @Test
    void theResearcherNeverSeesATestScore() {
        ScriptedResearcher researcher = ScriptedResearcher.oneRecipeARound(100);
        lab.researcher = researcher;
        finished(6, 10_000);
        assertThat(researcher.seen()).hasSize(6).allSatisfy(context -> assertThat(tests(context.tree())).isEmpty());
    }

    @Test
    void theBestThreeAreRepeatedWithAnotherSeedBeforeOneIsNamed() {
        StudyId id = finished(6, 10_000);
        ExperimentTree tree = lab.store.tree(id);
        List<Node> repeated =
                tree.nodes().stream().filter(n -> n.runs().stream().anyMatch(n::isRepeat)).toList();
        assertThat(repeated).extracting(Node::id)
                .containsExactly(new NodeId(3), new NodeId(5), new NodeId(6));
        assertThat(repeated).extracting(Node::score)
                .as("a repeat does not change the score that the search saw")
                .containsExactly(Fixtures.score(0.8), Fixtures.score(0.9), Fixtures.score(0.85));
    }

    @Test
    void aLuckySeedIsNotNamed() {
        lab.runner = new ScriptedRunner(request -> {
            boolean lucky = request.id().value().endsWith("n1v0");
            boolean unlucky = request.id().value().endsWith("n1v0r1");
            RunOutcome outcome = Laboratory.outcome(request);
            return lucky || unlucky
                    ? new RunOutcome.Completed(Fixtures.score(lucky ? 0.92 : 0.6),
                            new Checkpoint("/lucky", 1, "a".repeat(64)), outcome.cost())
                    : outcome;
        });
        StudyId id = finished(6, 10_000);
        assertThat(Objects.requireNonNull(result(id).best()).node()).isEqualTo(new NodeId(5));
    }

    @Test
    void aStudyOfWhichEveryRoundFailedNamesNoModel() {
        lab.researcher = new ScriptedResearcher(
                tree -> Fixtures.strategy("Too high.", Fixtures.recipe(4e-3, tree.nodes().size())));
        StudyId id = finished(2, 10_000);
        assertThat(result(id).best()).isNull();
        assertThat(result(id).baseline().test()).isNotNull();
        assertThat(result(id).failed()).isEqualTo(2);
    }

    @Test
    void theSearchEndsWhenAnotherRoundAndTheFinalTestNoLongerFit() {
        // The baseline takes 2 s, a round 3 s; 9.2 s are set aside for the test of 400 rows, 4.5 s for repeats.
        StudyId id = finished(100, 30);
        Study study = lab.store.study(id);
        assertThat(study.spending().spentSeconds()).isLessThanOrEqualTo(30);
        assertThat(lab.store.tree(id).rounds().finished()).isEqualTo(4);
        assertThat(new Repeats(lab.store.tree(id)).begun()).as("the best is tried again").isTrue();
        assertThat(lab.heard(StudyEvent.Message.class)).extracting(StudyEvent.Message::text)
                .containsOnlyOnce("The search ends after 4 of 100 rounds: the 2 s that are left for rounds, beside 5 s"
                        + " for repeats and 9 s for the final test, are too few.");
        assertThat(result(id).baseline().test()).isNotNull();
    }

    @Test
    void aRoundThatDoesNotFitIsRefusedWithTheNumbers() {
        lab.researcher = new ScriptedResearcher(tree -> Fixtures.strategy("More and more.",
                Fixtures.recipe(1e-3, tree.nodes().size() == 1 ? 100 : 4_000 + tree.nodes().size())));
        StudyId id = finished(100, 40);
        assertThat(lab.store.tree(id).node(new NodeId(2)).note())
                .isEqualTo("does not fit the budget: needs about 42 s, 20 s are left beside 6 s for repeats and 9 s"
                        + " for the final test");
        assertThat(result(id).rejected()).as("nobody rejected anything").isZero();
        assertThat(lab.store.tree(id).rounds()).isEqualTo(new RoundCount(1, 0, 0, 0, Plan.REFUSALS));
    }

    @Test
    void noVariantTakesMoreExamplesThanTheMissionAllows() {
        lab.researcher = ScriptedResearcher.oneRecipeARound(40_000);
        StudyId id = finished(1, 10_000);
        assertThat(lab.store.tree(id).node(new NodeId(1)).strategy().variants().getFirst().data().examples())
                .isEqualTo(Fixtures.mission(1, 1).budget().examplesPerRound());
    }

    @Test
    void aRunThatOutlastsTheBudgetIsStoppedAndTheTestStillHappens() {
        java.util.concurrent.atomic.AtomicLong now = new java.util.concurrent.atomic.AtomicLong();
        lab.clock = () -> java.time.Instant.ofEpochMilli(now.get());
        lab.runner = new ScriptedRunner(Laboratory::outcome)
                .holding(r -> r.work() instanceof Work.Train)
                .onStart(r -> now.addAndGet(r.work() instanceof Work.Train ? 100_000 : 0));
        StudyId id = lab.create(Fixtures.mission(3, 60));
        lab.also = event -> {
            if (event instanceof StudyEvent.RunProgress(RunId run, RunEvent.Step _) && run.value().contains("v0")) {
                now.addAndGet(100_000);
            }
        };
        assertThat(lab.run(id)).isEqualTo(StudyState.FINISHED);
        Node node = lab.store.tree(id).node(new NodeId(1));
        assertThat(node.state()).isEqualTo(NodeState.FAILED);
        assertThat(node.note()).isEqualTo("stopped at step 1: it took more seconds than it may");
        assertThat(lab.store.tree(id).rounds().pruned()).as("stopped, which is no failure").isEqualTo(1);
        assertThat(result(id).baseline().test()).isNotNull();
    }

    @Test
    void aRejectionIsKeptWithItsReasonAndCostsNoRound() {
        StudyId id = lab.create(Fixtures.mission(2, 10_000));
        assertThat(lab.run(id, Laboratory.rejecting(new NodeId(1), "too timid"))).isEqualTo(StudyState.FINISHED);
        ExperimentTree tree = lab.store.tree(id);
        assertThat(tree.node(new NodeId(1)).note()).isEqualTo("too timid");
        assertThat(tree.node(new NodeId(1)).runs()).isEmpty();
        assertThat(result(id).completed()).isEqualTo(2);
        assertThat(result(id).rejected()).isEqualTo(1);
        assertThat(lab.store.journal(id)).extracting(StudyStore.JournalLine::text).contains("rejected #1: too timid");
    }

    @Test
    void anEditedStrategyIsTheOneThatRuns() {
        StudyId id = lab.create(Fixtures.mission(1, 10_000));
        Strategy edited = Fixtures.strategy("My own rate.", Fixtures.recipe(5e-3, 100));
        lab.run(id, (_, _) -> java.util.Optional.of(new trex.model.Verdict.Approved(edited)));
        assertThat(lab.store.tree(id).node(new NodeId(1)).strategy()).isEqualTo(edited);
        assertThat(lab.store.tree(id).node(new NodeId(1)).score()).isEqualTo(Fixtures.score(0.9));
        assertThat(lab.store.journal(id)).extracting(StudyStore.JournalLine::text).contains("approved #1 with changes");
    }

    @Test
    void aScoreIsToldBesideTheBestSoFarAndWhetherTheDifferenceIsNoise() {
        finished(6, 10_000);
        assertThat(lab.heard(StudyEvent.Message.class)).extracting(StudyEvent.Message::text).contains(
                "Node #1: accuracy 0.7000 ± 0.0324, better than #0 beyond noise",
                "Node #2: accuracy 0.7500 ± 0.0306, within noise of the best so far, #1",
                "Node #5: accuracy 0.9000 ± 0.0212, better than #3 beyond noise");
    }

    @Test
    void insightsAreReadOffTheTreeAfterEveryRound() {
        StudyId id = finished(3, 10_000);
        assertThat(lab.store.tree(id).insights()).hasSize(3);
    }

    @Test
    void theListenerHearsTheWholeWay() {
        StudyId id = finished(2, 10_000);
        assertThat(lab.heard(StudyEvent.StateChanged.class)).extracting(StudyEvent.StateChanged::state)
                .containsExactly(StudyState.PREPARING, StudyState.RUNNING, StudyState.FINISHED);
        assertThat(lab.heard(StudyEvent.RunProgress.class)).extracting(StudyEvent.RunProgress::run)
                .contains(RunIds.preparation(id), new RunId(id + "-n1v0"), new RunId(id + "-n0t1"));
        assertThat(lab.heard(StudyEvent.Finished.class)).hasSize(1);
        assertThat(lab.heard(StudyEvent.TreeChanged.class).getLast().tree()).isEqualTo(lab.store.tree(id));
        assertThat(lab.heard(StudyEvent.SpendingChanged.class).getLast().spending())
                .isEqualTo(lab.store.study(id).spending());
    }

    @Test
    void aBaselineThatCannotBeMeasuredStopsTheStudyAndCanBeTriedAgain() {
        boolean[] broken = {true};
        lab.runner = new ScriptedRunner(request -> broken[0]
                ? new RunOutcome.Failed(trex.model.FailureKind.INPUT, "loading", "nano.gguf is damaged",
                        trex.model.RunCost.NONE)
                : Laboratory.outcome(request));
        StudyId id = lab.create(Fixtures.mission(1, 10_000));
        assertThat(lab.run(id)).isEqualTo(StudyState.STOPPED);
        assertThat(lab.heard(StudyEvent.Message.class)).extracting(StudyEvent.Message::text)
                .contains("the base model could not be measured: failed while loading: nano.gguf is damaged;"
                        + " resume the study to try again");
        broken[0] = false;
        assertThat(lab.run(id)).isEqualTo(StudyState.FINISHED);
    }

    @Test
    void aFaultOfTheResearcherStopsThisStudyWithASentence() {
        lab.researcher = new ScriptedResearcher(tree -> {
            throw new IllegalStateException("no idea");
        });
        StudyId id = lab.create(Fixtures.mission(1, 10_000));
        assertThat(lab.run(id)).isEqualTo(StudyState.STOPPED);
        assertThat(lab.store.study(id).state()).isEqualTo(StudyState.STOPPED);
        assertThat(lab.heard(StudyEvent.Message.class).getLast().text()).contains("no idea");
    }
}
