package trex.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import trex.model.Approval;
import trex.model.Choice;
import trex.model.Choices;
import trex.model.ExperimentTree;
import trex.model.Method;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.StudyId;
import trex.model.StudySettings;
import trex.model.StudyState;
import trex.search.GreedyBestFirst;
import trex.search.SearchPolicies;
import trex.search.Sequential;

/// The next choice obeys the person. Without a word from them, round `n` of these studies scores
/// higher than the one before up to round 5, apart from round 4, which fails.
@Timeout(30)
class PersonsWishesTest {
    private final Laboratory lab = new Laboratory();
    private final CompletableFuture<RunningStudy> started = new CompletableFuture<>();

    /// Does something while the first variant of a node is being trained.
    private void whileTraining(int node, Consumer<RunningStudy> wish) {
        lab.runner = new ScriptedRunner(Laboratory::outcome).onStart(r -> {
            if (r.id().value().endsWith("n" + node + "v0")) {
                wish.accept(started.join());
            }
        });
    }

    private ExperimentTree study(int rounds, StudySettings settings) throws InterruptedException {
        StudyId id = lab.store.create(Fixtures.mission(rounds, 10_000), settings.withApproval(Approval.AUTO));
        RunningStudy study = RunningStudy.start(id, lab.ports(), lab.listener());
        started.complete(study);
        assertThat(study.await()).isEqualTo(StudyState.FINISHED);
        return lab.store.tree(id);
    }

    private ExperimentTree study(int rounds) throws InterruptedException {
        return study(rounds, StudySettings.DEFAULT);
    }

    private static StudySettings settings(String policy, double exploration) {
        return new StudySettings(Approval.AUTO, policy, exploration, 1, "cpu", "median");
    }

    private static int parent(ExperimentTree tree, int node) {
        return Objects.requireNonNull(tree.node(new NodeId(node)).parent()).value();
    }

    private static Choice choice(ExperimentTree tree, int node) {
        return Objects.requireNonNull(tree.node(new NodeId(node)).choice());
    }

    @Test
    void aBoostedNodeGrowsNextAndOnlyOnce() throws InterruptedException {
        whileTraining(3, study -> study.boost(new NodeId(1)));
        ExperimentTree tree = study(5);
        assertThat(parent(tree, 3)).isEqualTo(2);
        assertThat(parent(tree, 4)).isEqualTo(1);
        assertThat(choice(tree, 4).reason()).isEqualTo("boosted by the person; the policy would have grown #3");
        assertThat(parent(tree, 5)).isEqualTo(3);
    }

    @Test
    void aBoostOutlivesTheLoop() throws InterruptedException {
        whileTraining(3, study -> {
            study.boost(new NodeId(1));
            study.stop();
        });
        StudyId id = lab.store.create(Fixtures.mission(5, 10_000), StudySettings.DEFAULT.withApproval(Approval.AUTO));
        RunningStudy first = RunningStudy.start(id, lab.ports(), lab.listener());
        started.complete(first);
        assertThat(first.await()).isEqualTo(StudyState.STOPPED);
        lab.runner.onStart(_ -> {});
        assertThat(RunningStudy.start(id, lab.ports(), lab.listener()).await()).isEqualTo(StudyState.FINISHED);
        ExperimentTree tree = lab.store.tree(id);
        assertThat(parent(tree, 4)).isEqualTo(1);
        assertThat(parent(tree, 5)).isEqualTo(3);
        assertThat(lab.store.wishes(id).boosted()).isNull();
    }

    @Test
    void aSearchThatThePersonEndedStaysEndedForTheNextLoop() throws InterruptedException {
        whileTraining(3, study -> {
            study.finish();
            study.stop();
        });
        StudyId id = lab.store.create(Fixtures.mission(9, 10_000), StudySettings.DEFAULT.withApproval(Approval.AUTO));
        RunningStudy first = RunningStudy.start(id, lab.ports(), lab.listener());
        started.complete(first);
        assertThat(first.await()).isEqualTo(StudyState.STOPPED);
        assertThat(RunningStudy.start(id, lab.ports(), lab.listener()).await()).isEqualTo(StudyState.FINISHED);
        assertThat(lab.store.tree(id).nodes()).hasSize(4);
    }

    @Test
    void aNodeThatCannotGrowIsNotBoosted() throws InterruptedException {
        whileTraining(3, study -> {
            study.prune(new NodeId(1), true);
            assertThatThrownBy(() -> study.boost(new NodeId(2))).hasMessageContaining("nothing can grow from node #2");
            assertThatThrownBy(() -> study.boost(new NodeId(3))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> study.boost(new NodeId(99))).isInstanceOf(IllegalArgumentException.class);
        });
        study(3);
    }

    @Test
    void aBoostedNodeThatIsPrunedAfterwardsIsLeftToThePolicy() throws InterruptedException {
        whileTraining(3, study -> {
            study.boost(new NodeId(2));
            study.prune(new NodeId(1), true);
        });
        assertThat(parent(study(4), 4)).isEqualTo(0);
    }

    @Test
    void aPrunedBranchDoesNotGrowUntilItIsRestored() throws InterruptedException {
        lab.runner = new ScriptedRunner(Laboratory::outcome).onStart(r -> {
            if (r.id().value().endsWith("n2v0")) {
                started.join().prune(new NodeId(1), true);
            } else if (r.id().value().endsWith("n3v0")) {
                started.join().prune(new NodeId(1), false);
            }
        });
        ExperimentTree tree = study(4);
        assertThat(parent(tree, 3)).isEqualTo(0);
        assertThat(parent(tree, 4)).isEqualTo(3);
    }

    @Test
    void aForkIsCarriedOutBeforeTheNextProposalAndGrowsLikeAnyNode() throws InterruptedException {
        whileTraining(2, study -> study.propose(new NodeId(1), Fixtures.strategy("My fork.", Fixtures.recipe(5e-3, 100))));
        ExperimentTree tree = study(4);
        Node fork = tree.node(new NodeId(3));
        assertThat(fork.strategy().hypothesis()).isEqualTo("My fork.");
        assertThat(fork.state()).isEqualTo(NodeState.COMPLETED);
        assertThat(fork.choice()).as("no policy chose it").isNull();
        assertThat(parent(tree, 3)).isEqualTo(1);
        assertThat(parent(tree, 4)).as("the fork is the best").isEqualTo(3);
    }

    @Test
    void anotherPolicyMakesTheNextChoice() throws InterruptedException {
        lab.policies = (chosen, mission) -> SearchPolicies.named(chosen.policy(), chosen.exploration(), mission.seed());
        whileTraining(5, study -> study.change(settings(GreedyBestFirst.ID, 0)));
        ExperimentTree tree = study(7, settings(Sequential.ID, 0));
        assertThat(choice(tree, 5).reason()).startsWith("sequential");
        assertThat(choice(tree, 6).reason()).startsWith("the first rounds try");
    }

    @Test
    void thePolicysConstantCountsFromTheNextChoiceOn() throws InterruptedException {
        lab.policies = (chosen, mission) -> SearchPolicies.named(chosen.policy(), chosen.exploration(), mission.seed());
        whileTraining(7, study -> study.change(settings("rank-puct", 8)));
        ExperimentTree tree = study(8, settings("rank-puct", 1));
        assertThat(bonusTimesChildren(choice(tree, 7))).isEqualTo(Math.sqrt(6) / 6, within(1e-9));
        assertThat(bonusTimesChildren(choice(tree, 8))).isEqualTo(8 * Math.sqrt(7) / 7, within(1e-9));
    }

    /// `c sqrt(N) / M`, the same for all candidates of a choice.
    private static double bonusTimesChildren(Choice choice) {
        Choice.Candidate first = choice.candidates().getFirst();
        return first.bonus() * (1 + first.visits());
    }

    @Test
    void aStrategyThatTheMissionForbidsIsRefusedAndNotQueued() throws InterruptedException {
        Mission free = Fixtures.mission(2, 10_000);
        Mission mission = new Mission(free.name(), free.goal(), free.baseModel(), free.data(), free.metric(), free.budget(),
                Map.of("method", new Choices(List.of("lora"))), free.start(), free.seed());
        whileTraining(1, study -> assertThatThrownBy(() -> study.propose(new NodeId(1), Fixtures.strategy("In full.",
                        Fixtures.recipe(1e-4, 100).withMethod(new Method.Full()))))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("method must be lora in this mission, got full"));
        StudyId id = lab.store.create(mission, StudySettings.DEFAULT.withApproval(Approval.AUTO));
        RunningStudy study = RunningStudy.start(id, lab.ports(), lab.listener());
        started.complete(study);
        assertThat(study.await()).isEqualTo(StudyState.FINISHED);
        assertThat(lab.store.tree(id).nodes()).hasSize(3);
    }

    @Test
    void anUnknownPolicyIsRefusedAndChangesNothing() throws InterruptedException {
        lab.policies = (chosen, mission) -> SearchPolicies.named(chosen.policy(), chosen.exploration(), mission.seed());
        whileTraining(1, study -> assertThatThrownBy(() -> study.change(settings("alpha-go", 1)))
                .hasMessageContaining("\"alpha-go\"").hasMessageContaining("rank-puct"));
        study(2);
    }
}
