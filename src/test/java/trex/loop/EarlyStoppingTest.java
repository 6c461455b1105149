package trex.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import trex.model.Approval;
import trex.model.Bounds;
import trex.model.ExperimentTree;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.RunEvent;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.StudyId;
import trex.model.StudySettings;
import trex.model.StudyState;
import trex.researcher.playbook.PlaybookResearcher;
import trex.search.SearchPolicies;

/// Trainings that are stopped by their validation curves. Node 5 is far behind half-way and never
/// ends by itself.
@Timeout(30)
class EarlyStoppingTest {
    private final Laboratory lab = new Laboratory();

    private static List<RunEvent> curve(RunRequest request) {
        double halfWay = isFifth(request) ? 0.2 : 0.6;
        return List.of(new RunEvent.Validated(5, Fixtures.score(halfWay)));
    }

    private static boolean isFifth(RunRequest request) {
        return request.id().value().endsWith("n5v0");
    }

    private Node fifth(String pruner, boolean endless) throws InterruptedException {
        lab.runner = new ScriptedRunner(Laboratory::outcome)
                .saying(EarlyStoppingTest::curve)
                .holding(request -> endless && isFifth(request));
        StudySettings usual = StudySettings.DEFAULT;
        StudyId id = lab.store.create(Fixtures.mission(6, 10_000), new StudySettings(
                Approval.AUTO, usual.policy(), usual.exploration(), usual.parallel(), usual.device(), pruner));
        assertThat(RunningStudy.start(id, lab.ports(), lab.listener()).await()).isEqualTo(StudyState.FINISHED);
        ExperimentTree tree = lab.store.tree(id);
        assertThat(tree.node(new NodeId(6)).state()).as("the study goes on").isEqualTo(NodeState.COMPLETED);
        return tree.node(new NodeId(5));
    }

    @Test
    void aTrainingBehindTheMedianIsStoppedAndSaysWhy() throws InterruptedException {
        Node node = fifth("median", true);
        assertThat(node.state()).isEqualTo(NodeState.FAILED);
        assertThat(node.note()).contains("stopped early", "0.200 after 50 % is below 0.600");
        RunOutcome outcome = Objects.requireNonNull(node.runs().getFirst().outcome());
        assertThat(outcome).isInstanceOf(RunOutcome.Pruned.class);
        assertThat(outcome.cost().seconds()).as("what it took is paid").isEqualTo(1);
    }

    @Test
    void ashaStopsItToo() throws InterruptedException {
        assertThat(fifth("asha", true).note()).contains("is not among the best");
    }

    private ExperimentTree study(String pruner, Mission mission) throws InterruptedException {
        lab.researcher = new PlaybookResearcher();
        lab.policies = (chosen, m) -> SearchPolicies.named(chosen.policy(), chosen.exploration(), m.seed());
        StudySettings usual = StudySettings.DEFAULT;
        StudyId id = lab.store.create(mission, new StudySettings(
                Approval.AUTO, usual.policy(), usual.exploration(), usual.parallel(), usual.device(), pruner));
        assertThat(RunningStudy.start(id, lab.ports(), lab.listener()).await()).isEqualTo(StudyState.FINISHED);
        return lab.store.tree(id);
    }

    @Test
    void ashaHasEveryProposalValidatedThreeTimes() throws InterruptedException {
        Mission mission = Fixtures.mission(9, 10_000);
        Mission once = mission.withStart(mission.start().withValidations(1));
        assertThat(study("asha", once).nodes()).filteredOn(n -> n.parent() != null)
                .allSatisfy(n -> assertThat(n.strategy().variants().getFirst().validations()).isEqualTo(3));
        assertThat(study("median", once).nodes()).filteredOn(n -> n.parent() != null)
                .allSatisfy(n -> assertThat(n.strategy().variants().getFirst().validations()).isEqualTo(1));
    }

    @Test
    void aMissionThatForbidsValidationsIsObeyed() throws InterruptedException {
        Mission m = Fixtures.mission(2, 10_000);
        Mission once = new Mission(m.name(), m.goal(), m.baseModel(), m.data(), m.metric(), m.budget(),
                Map.of("validations", new Bounds(1, 2)), m.start().withValidations(2), m.seed());
        assertThat(study("asha", once).node(new NodeId(1)).strategy().variants().getFirst().validations()).isEqualTo(2);
    }

    @Test
    void withoutAPrunerEveryTrainingGoesToItsEnd() throws InterruptedException {
        assertThat(fifth("none", false).state()).isEqualTo(NodeState.COMPLETED);
    }
}
