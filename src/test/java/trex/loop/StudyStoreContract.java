package trex.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import trex.loop.StudyStore.NodeAlreadyClosed;
import trex.loop.StudyStore.UnknownStudy;
import trex.model.Approval;
import trex.model.Choice;
import trex.model.Insight;
import trex.model.DiskUse;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Run;
import trex.model.RunCost;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.Split;
import trex.model.Strategy;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.StudyResult;
import trex.model.StudySettings;
import trex.model.StudyState;
import trex.model.Work;

/// What every store of studies keeps.
public abstract class StudyStoreContract {
    protected static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-25T04:12:33.123456789Z"));

    private StudyStore store;
    private StudyId study;

    /// A fresh, empty store.
    protected abstract StudyStore fresh();

    /// The same studies, opened again where that makes a difference.
    protected StudyStore again(StudyStore open) {
        return open;
    }

    @BeforeEach
    void create() {
        store = fresh();
        study = store.create(Fixtures.mission(8, 600), StudySettings.DEFAULT);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private StudyStore reopen() {
        store = again(store);
        return store;
    }

    private NodeId baseline() {
        return store.open(study, null, Strategy.baseline(), null);
    }

    private NodeId child() {
        NodeId root = baseline();
        return store.open(study, root, Fixtures.strategy("A higher rate.", Fixtures.recipe(2e-3, 500)),
                new Choice(root, "only one", List.of(new Choice.Candidate(root, 1, 0.5, Double.POSITIVE_INFINITY))));
    }

    private RunId begin(NodeId node) {
        RunId run = new RunId(study + "-n" + node.value());
        store.begin(study, new Run(run, node, 0, new Work.Train(Fixtures.recipe(2e-3, 500)), null));
        return run;
    }

    @Test
    void aStudyComesBackAsItWasCreated() {
        Study found = reopen().study(study);
        assertThat(found.mission()).isEqualTo(Fixtures.mission(8, 600));
        assertThat(found.settings()).isEqualTo(StudySettings.DEFAULT);
        assertThat(found.state()).isEqualTo(StudyState.PREPARING);
        assertThat(found.created()).isEqualTo(CLOCK.instant());
        assertThat(found.prepared()).isNull();
        assertThat(found.result()).isNull();
        assertThat(found.spending().budgetSeconds()).isEqualTo(600);
    }

    @Test
    void twoStudiesOfOneSecondHaveTwoNamesAndTheNewerComesFirst() {
        StudyId second = store.create(Fixtures.mission(8, 600), StudySettings.DEFAULT);
        assertThat(study).hasToString("tiny-261125-041233");
        assertThat(second).hasToString("tiny-261125-041234");
        assertThat(store.studies()).extracting(Study::id).containsExactly(second, study);
    }

    @Test
    void whatTheStudyLearnsAboutItselfIsKept() {
        StudySettings changed = StudySettings.DEFAULT.withApproval(Approval.after(5));
        store.settings(study, changed);
        store.prepared(study, Fixtures.prepared());
        store.state(study, StudyState.RUNNING);
        store.spend(study, 12.5);
        store.spend(study, 0.25);
        store.reserve(study, 30, 4_000, 5e9);
        store.holds(study, 7_000_000_000L);
        reopen();
        Study found = store.study(study);
        assertThat(found.settings()).isEqualTo(changed);
        assertThat(found.prepared()).isEqualTo(Fixtures.prepared());
        assertThat(found.state()).isEqualTo(StudyState.RUNNING);
        assertThat(found.spending().spentSeconds()).isEqualTo(12.75);
        assertThat(found.spending().reservedSeconds()).isEqualTo(30);
        assertThat(found.spending().reservedTokens()).isEqualTo(4_000);
        assertThat(found.spending().disk()).isEqualTo(new DiskUse(7_000_000_000L, 5e9, 0));
    }

    @Test
    void aResultFinishesTheStudy() {
        StudyResult result = new StudyResult(
                new StudyResult.Measured(Fixtures.score(0.5), Fixtures.score(0.52)), null, 0, 2, 1, 99.5);
        store.finished(study, result);
        reopen();
        assertThat(store.study(study).result()).isEqualTo(result);
        assertThat(store.study(study).state()).isEqualTo(StudyState.FINISHED);
    }

    @Test
    void nodesAreNumberedFromTheBaselineOn() {
        NodeId child = child();
        assertThat(child).isEqualTo(new NodeId(1));
        reopen();
        Node node = store.tree(study).node(child);
        assertThat(store.tree(study).nodes()).hasSize(2);
        assertThat(node.parent()).isEqualTo(NodeId.BASELINE);
        assertThat(node.state()).isEqualTo(NodeState.PROPOSED);
        assertThat(node.choice()).isNotNull();
        assertThat(node.strategy().variants()).containsExactly(Fixtures.recipe(2e-3, 500));
    }

    @Test
    void anApprovedNodeHasTheStrategyAsThePersonEditedIt() {
        NodeId child = child();
        Strategy edited = Fixtures.strategy("A lower rate.", Fixtures.recipe(5e-4, 500));
        store.approve(study, child, edited);
        Node node = reopen().tree(study).node(child);
        assertThat(node.state()).isEqualTo(NodeState.QUEUED);
        assertThat(node.strategy()).isEqualTo(edited);
    }

    @Test
    void aRejectedNodeKeepsItsReason() {
        NodeId child = child();
        store.reject(study, child, "too dear");
        Node node = reopen().tree(study).node(child);
        assertThat(node.state()).isEqualTo(NodeState.REJECTED);
        assertThat(node.note()).isEqualTo("too dear");
        assertThatThrownBy(() -> store.reject(study, child, "again")).isInstanceOf(NodeAlreadyClosed.class);
    }

    @Test
    void aRunIsRecordedBeforeItStartsAndOnlyOnce() {
        NodeId child = child();
        RunId run = begin(child);
        begin(child);
        Node node = reopen().tree(study).node(child);
        assertThat(node.state()).isEqualTo(NodeState.RUNNING);
        assertThat(node.runs()).extracting(Run::id).containsExactly(run);
        assertThat(node.runs().getFirst().outcome()).isNull();
    }

    @Test
    void anOutcomeIsNeverRewritten() {
        NodeId child = child();
        RunId run = begin(child);
        store.end(study, run, Fixtures.completed(0.8, 10));
        store.end(study, run, new RunOutcome.Stopped(3, new RunCost(7, 0, 0, 0)));
        Node node = reopen().tree(study).node(child);
        assertThat(node.runs().getFirst().outcome()).isEqualTo(Fixtures.completed(0.8, 10));
    }

    @Test
    void whatALanguageModelWasAskedIsPaidToo() {
        RunId run = begin(child());
        RunOutcome outcome = Fixtures.completed(0.8, 10);
        store.end(study, run, outcome.withCost(outcome.cost().withAsking(2_000, 4.5)));
        Study found = reopen().study(study);
        assertThat(found.spending().spentSeconds()).isEqualTo(14.5);
        assertThat(found.spending().spentTokens()).isEqualTo(52_000);
    }

    @Test
    void anOutcomeIsPaidOnceAndEndsItsReservation() {
        NodeId child = child();
        RunId run = begin(child);
        store.reserve(study, 60, 9_000, 1e6);
        store.holds(study, 300_000);
        store.end(study, run, Fixtures.completed(0.8, 10));
        store.end(study, run, Fixtures.completed(0.8, 10));
        Study found = reopen().study(study);
        assertThat(found.spending().spentSeconds()).isEqualTo(10);
        assertThat(found.spending().reservedSeconds()).isZero();
        assertThat(found.spending().spentTokens()).isEqualTo(50_000);
        assertThat(found.spending().reservedTokens()).isZero();
        assertThat(found.spending().disk()).as("what is held is told apart").isEqualTo(new DiskUse(300_000, 0, 0));
    }

    @Test
    void aClosedNodeStaysClosed() {
        NodeId child = child();
        store.close(study, child, NodeState.COMPLETED, Fixtures.score(0.8), "");
        assertThatThrownBy(() -> store.close(study, child, NodeState.FAILED, null, "again"))
                .isInstanceOf(NodeAlreadyClosed.class)
                .hasMessage("node #1 is already completed");
        assertThatThrownBy(() -> store.approve(study, child, Strategy.baseline()))
                .isInstanceOf(NodeAlreadyClosed.class);
        assertThat(reopen().tree(study).node(child).score()).isEqualTo(Fixtures.score(0.8));
    }

    @Test
    void aMeasurementAtTheEndLeavesAClosedNodeClosed() {
        NodeId root = baseline();
        store.close(study, root, NodeState.COMPLETED, Fixtures.score(0.5), "");
        Run test = new Run(new RunId("t"), root, -1, new Work.Measure(null, Split.TEST), null);
        store.begin(study, test);
        store.end(study, test.id(), Fixtures.completed(0.9, 1));
        Node node = reopen().tree(study).node(root);
        assertThat(node.state()).isEqualTo(NodeState.COMPLETED);
        assertThat(node.score()).isEqualTo(Fixtures.score(0.5));
        assertThat(node.runs()).hasSize(1);
        assertThat(node.bestRun()).as("a test score is never a node's best").isNull();
    }

    @Test
    void aNodeCanBePrunedAndRestored() {
        NodeId child = child();
        store.prune(study, child, true);
        assertThat(store.tree(study).isPruned(child)).isTrue();
        store.prune(study, child, false);
        assertThat(store.tree(study).isPruned(child)).isFalse();
    }

    @Test
    void aBoostIsKeptUntilItIsGrantedOrReplaced() {
        NodeId child = child();
        assertThat(store.wishes(study)).isEqualTo(new StudyStore.Wishing(null, false));
        store.boost(study, child);
        store.endSearch(study);
        assertThat(reopen().wishes(study)).isEqualTo(new StudyStore.Wishing(child, true));
        store.open(study, child, Fixtures.strategy("More.", Fixtures.recipe(3e-3, 500)), null, NodeId.BASELINE);
        assertThat(store.wishes(study).boosted()).as("replaced by the time it was granted").isEqualTo(child);
        store.open(study, child, Fixtures.strategy("More.", Fixtures.recipe(4e-3, 500)), null, child);
        assertThat(reopen().wishes(study)).isEqualTo(new StudyStore.Wishing(null, true));
    }

    @Test
    void aCurveKeepsTheFirstReadingOfAStep() {
        RunId run = begin(child());
        StudyStore.Reading late = new StudyStore.Reading(run, 20, 30, Fixtures.score(0.7));
        StudyStore.Reading early = new StudyStore.Reading(run, 10, 30, Fixtures.score(0.6));
        store.keep(study, late);
        store.keep(study, early);
        store.keep(study, new StudyStore.Reading(run, 10, 30, Fixtures.score(0.9)));
        assertThat(reopen().readings(study)).containsExactly(early, late);
    }

    @Test
    void insightsAreReplacedAsAWhole() {
        store.insights(study, List.of(new Insight("a", List.of(NodeId.BASELINE)), new Insight("b", List.of(NodeId.BASELINE))));
        Insight last = new Insight("c", List.of(new NodeId(1), new NodeId(2)));
        store.insights(study, List.of(last));
        assertThat(reopen().tree(study).insights()).containsExactly(last);
    }

    @Test
    void theJournalIsReadInTheOrderItWasWritten() {
        store.journal(study, "approved #1");
        store.journal(study, "opened the test split: \"tab\there\", ümlaut, 'quote'");
        assertThat(reopen().journal(study)).extracting(StudyStore.JournalLine::text)
                .containsExactly("approved #1", "opened the test split: \"tab\there\", ümlaut, 'quote'");
        assertThat(store.journal(study).getFirst().at()).isEqualTo(CLOCK.instant());
    }

    @Test
    void anIdThatWasNeverCreatedIsNamed() {
        StudyId none = new StudyId("none");
        assertThatThrownBy(() -> store.study(none)).isInstanceOf(UnknownStudy.class).hasMessageContaining("none");
        assertThatThrownBy(() -> store.tree(none)).isInstanceOf(UnknownStudy.class);
        assertThatThrownBy(() -> store.state(none, StudyState.RUNNING)).isInstanceOf(UnknownStudy.class);
        assertThatThrownBy(() -> store.journal(none, "x")).isInstanceOf(UnknownStudy.class);
        assertThatThrownBy(() -> store.open(none, null, Strategy.baseline(), null)).isInstanceOf(UnknownStudy.class);
    }
}
