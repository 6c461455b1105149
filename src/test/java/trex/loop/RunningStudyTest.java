package trex.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import trex.model.DeviceList;
import trex.model.Approval;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.RunId;
import trex.model.Split;
import trex.model.StudyId;
import trex.model.StudySettings;
import trex.model.StudyState;
import trex.model.Verdict;
import trex.model.Work;

/// What the person does to a study that goes on.
@Timeout(30)
class RunningStudyTest {
    private final Laboratory lab = new Laboratory();
    private final CompletableFuture<RunningStudy> started = new CompletableFuture<>();

    private RunningStudy start(int rounds, Approval approval) {
        StudyId id = lab.store.create(Fixtures.mission(rounds, 10_000), StudySettings.DEFAULT.withApproval(approval));
        return resume(id);
    }

    private RunningStudy resume(StudyId id) {
        RunningStudy study = RunningStudy.start(id, lab.ports(), lab.listener());
        started.complete(study);
        return study;
    }

    /// The study of this test; waits until its start has returned.
    private RunningStudy control() {
        return started.join();
    }

    /// Does something in another thread as soon as a proposal waits.
    private void whenAsked(int node, Runnable action) {
        AtomicBoolean asked = new AtomicBoolean();
        lab.also = event -> {
            if (event instanceof StudyEvent.AwaitingVerdict(Node proposal, _)
                    && proposal.id().equals(new NodeId(node)) && asked.compareAndSet(false, true)) {
                Thread.ofVirtual().start(action);
            }
        };
    }

    private void decideWhenItWaits(NodeId node, Verdict verdict) {
        while (true) {
            try {
                control().decide(node, verdict);
                return;
            } catch (IllegalStateException e) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void anErrorInTheStudysThreadStopsItWithASentenceAndItGoesOnWhenResumed() throws InterruptedException {
        Ports.Policies usual = lab.policies;
        lab.policies = (_, _) -> {
            throw new LinkageError("a class is missing");
        };
        RunningStudy study = start(1, Approval.AUTO);
        assertThat(study.await()).isEqualTo(StudyState.STOPPED);
        assertThat(lab.store.study(study.id()).state()).isEqualTo(StudyState.STOPPED);
        assertThat(lab.events).anySatisfy(event -> assertThat(event).isInstanceOfSatisfying(StudyEvent.Message.class, said -> {
            assertThat(said.level()).isEqualTo(StudyEvent.Level.ERROR);
            assertThat(said.text()).contains("a class is missing", "can be resumed");
        }));
        assertThat(lab.events.getLast()).isEqualTo(new StudyEvent.StateChanged(StudyState.STOPPED));
        lab.policies = usual;
        assertThat(resume(study.id()).await()).isEqualTo(StudyState.FINISHED);
    }

    @Test
    void theVerdictComesFromThePerson() throws InterruptedException {
        lab.also = event -> {
            if (event instanceof StudyEvent.AwaitingVerdict(Node proposal, _)) {
                Thread.ofVirtual().start(() -> decideWhenItWaits(proposal.id(),
                        proposal.id().value() == 1
                                ? new Verdict.Rejected("not this")
                                : new Verdict.Approved(proposal.strategy())));
            }
        };
        RunningStudy study = start(2, Approval.ASK);
        assertThat(study.await()).isEqualTo(StudyState.FINISHED);
        assertThat(lab.store.tree(study.id()).node(new NodeId(1)).state()).isEqualTo(NodeState.REJECTED);
        assertThat(lab.store.tree(study.id()).node(new NodeId(2)).state()).isEqualTo(NodeState.COMPLETED);
    }

    @Test
    void aVerdictThatNoOneWaitsForIsRefused() throws InterruptedException {
        RunningStudy study = start(1, Approval.AUTO);
        study.await();
        assertThatThrownBy(() -> study.decide(new NodeId(1), new Verdict.Rejected("late")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("#1");
    }

    @Test
    void approvingByItselfCanBeTurnedOnWhileAProposalWaits() throws InterruptedException {
        whenAsked(1, () -> control().change(StudySettings.DEFAULT.withApproval(Approval.AUTO)));
        assertThat(start(2, Approval.ASK).await()).isEqualTo(StudyState.FINISHED);
    }

    @Test
    void stopWhileAProposalWaitsLeavesItWaitingForTheNextTime() throws InterruptedException {
        whenAsked(1, () -> control().stop());
        RunningStudy study = start(2, Approval.ASK);
        assertThat(study.await()).isEqualTo(StudyState.STOPPED);
        assertThat(lab.store.tree(study.id()).node(new NodeId(1)).state()).isEqualTo(NodeState.PROPOSED);
        lab.store.settings(study.id(), StudySettings.DEFAULT.withApproval(Approval.AUTO));
        assertThat(resume(study.id()).await()).isEqualTo(StudyState.FINISHED);
        assertThat(lab.store.tree(study.id()).nodes()).hasSize(3);
    }

    @Test
    void stopEndsTheRunAndItsNodeGoesOnWhenTheStudyDoes() throws InterruptedException {
        lab.runner = new ScriptedRunner(Laboratory::outcome)
                .holding(r -> r.work() instanceof Work.Train && lab.runner.executions().size() == 2)
                .onStart(r -> stopOnce(r.work()));
        RunningStudy study = start(2, Approval.AUTO);
        assertThat(study.await()).isEqualTo(StudyState.STOPPED);
        Node node = lab.store.tree(study.id()).node(new NodeId(1));
        assertThat(node.state()).isEqualTo(NodeState.RUNNING);
        assertThat(node.runs().getFirst().outcome()).as("a stopped run has not ended").isNull();
        lab.runner.holding(_ -> false).onStart(_ -> {});
        assertThat(resume(study.id()).await()).isEqualTo(StudyState.FINISHED);
        assertThat(lab.store.tree(study.id()).node(new NodeId(1)).state()).isEqualTo(NodeState.COMPLETED);
        assertThat(lab.runner.executions()).containsEntry(new RunId(study.id() + "-n1v0"), 2);
    }

    private void stopOnce(Work work) {
        if (work instanceof Work.Train) {
            Thread.ofVirtual().start(() -> control().stop());
        }
    }

    @Test
    void aStudyWaitsForTheDeviceUntilItIsStopped() throws InterruptedException {
        try (Devices.Turn _ = lab.devices.take(DeviceList.of("cpu"))) {
            lab.also = event -> {
                if (event instanceof StudyEvent.Message(_, String text) && text.startsWith("Waiting for cpu")) {
                    Thread.ofVirtual().start(() -> control().stop());
                }
            };
            RunningStudy study = start(1, Approval.AUTO);
            assertThat(study.await()).isEqualTo(StudyState.STOPPED);
            assertThat(lab.runner.executions()).isEmpty();
        }
        lab.also = _ -> {};
        assertThat(resume(lab.store.studies().getFirst().id()).await()).isEqualTo(StudyState.FINISHED);
    }

    @Test
    void finishEndsTheSearchNowAndOpensTheTest() throws InterruptedException {
        lab.runner = new ScriptedRunner(Laboratory::outcome)
                .holding(r -> r.id().value().endsWith("n2v0"))
                .onStart(r -> {
                    if (r.id().value().endsWith("n2v0")) {
                        Thread.ofVirtual().start(() -> control().finish());
                    }
                });
        RunningStudy study = start(100, Approval.AUTO);
        assertThat(study.await()).isEqualTo(StudyState.FINISHED);
        assertThat(lab.store.tree(study.id()).nodes()).hasSize(3);
        assertThat(lab.store.tree(study.id()).node(new NodeId(2)).note()).isEqualTo("stopped at step 1: the search was ended");
        var result = lab.store.study(study.id()).result();
        assertThat(result).isNotNull();
        assertThat(result.best()).isNotNull();
        assertThat(result.best().node()).isEqualTo(new NodeId(1));
        assertThat(result.best().test()).isNotNull();
    }

    @Test
    void finishLeavesTheMeasurementsOfTheTestSplitAlone() throws InterruptedException {
        lab.runner = new ScriptedRunner(Laboratory::outcome)
                .holding(r -> r.work() instanceof Work.Measure(_, Split split) && split == Split.TEST)
                .onStart(r -> {
                    if (r.id().value().endsWith("n2v0")) {
                        control().finish();
                    } else if (r.work() instanceof Work.Measure(_, Split split) && split == Split.TEST) {
                        control().finish();
                        Thread.ofVirtual().start(() -> lab.runner.release(r.id()));
                    }
                });
        RunningStudy study = start(100, Approval.AUTO);
        assertThat(study.await()).isEqualTo(StudyState.FINISHED);
        assertThat(lab.heard(StudyEvent.Message.class)).noneMatch(m -> m.level() == StudyEvent.Level.ERROR);
    }

    @Test
    void finishWhileAProposalWaitsDismissesIt() throws InterruptedException {
        whenAsked(1, () -> control().finish());
        RunningStudy study = start(2, Approval.ASK);
        assertThat(study.await()).isEqualTo(StudyState.FINISHED);
        assertThat(lab.store.tree(study.id()).node(new NodeId(1)).note()).isEqualTo("the search had ended");
    }

    @Test
    void thePersonsOwnStrategyComesBeforeTheProposalThatWaits() throws InterruptedException {
        whenAsked(1, () -> {
            control().propose(NodeId.BASELINE, Fixtures.strategy("Mine.", Fixtures.recipe(5e-3, 100)));
            control().change(StudySettings.DEFAULT.withApproval(Approval.AUTO));
        });
        RunningStudy study = start(1, Approval.ASK);
        assertThat(study.await()).isEqualTo(StudyState.FINISHED);
        Node mine = lab.store.tree(study.id()).node(new NodeId(2));
        assertThat(mine.choice()).isNull();
        assertThat(mine.strategy().hypothesis()).isEqualTo("Mine.");
        assertThat(mine.state()).isIn(NodeState.COMPLETED, NodeState.REJECTED);
    }

    @Test
    void aProposalBelowAPrunedNodeIsDismissed() throws InterruptedException {
        lab.also = event -> {
            if (event instanceof StudyEvent.AwaitingVerdict(Node proposal, _)) {
                Thread.ofVirtual().start(() -> {
                    if (proposal.id().equals(new NodeId(1))) {
                        decideWhenItWaits(proposal.id(), new Verdict.Approved(proposal.strategy()));
                    } else if (proposal.id().equals(new NodeId(2))) {
                        control().prune(new NodeId(1), true);
                        control().change(StudySettings.DEFAULT.withApproval(Approval.AUTO));
                    }
                });
            }
        };
        RunningStudy study = start(3, Approval.ASK);
        assertThat(study.await()).isEqualTo(StudyState.FINISHED);
        assertThat(lab.store.tree(study.id()).node(new NodeId(2)).parent()).isEqualTo(new NodeId(1));
        assertThat(lab.store.tree(study.id()).node(new NodeId(2)).note()).isEqualTo("its branch was pruned");
        assertThat(lab.store.tree(study.id()).node(new NodeId(3)).parent()).isEqualTo(NodeId.BASELINE);
    }
}
