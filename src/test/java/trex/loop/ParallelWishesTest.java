package trex.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import trex.model.Approval;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.RunId;
import trex.model.RunRequest;
import trex.model.StudyId;
import trex.model.StudyState;
import trex.model.Verdict;
import trex.model.Work;

/// What the person does to a study with two runs at a time.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ParallelWishesTest {
    private final Laboratory lab = new Laboratory();
    private final StudyId id = lab.create(Fixtures.mission(6, 100_000), 2);
    private volatile boolean held = true;

    ParallelWishesTest() {
        lab.runner = new ScriptedRunner(Laboratory::outcome).holding(r -> held && r.work() instanceof Work.Train);
    }

    private RunningStudy start() {
        return RunningStudy.start(id, lab.ports(), lab.listener());
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(1);
        }
    }

    private RunningStudy startWithTwoInFlight() throws InterruptedException {
        RunningStudy study = start();
        await(() -> lab.runner.going().size() == 2);
        return study;
    }

    private RunId run(int node) {
        return new RunId(id + "-n" + node + "v0");
    }

    private Map<RunId, String> devices() {
        return lab.runner.going().stream().collect(Collectors.toMap(RunRequest::id, RunRequest::device));
    }

    private void goOnToTheEnd() throws InterruptedException {
        held = false;
        assertThat(start().await()).isEqualTo(StudyState.FINISHED);
        assertThat(lab.store.tree(id).nodes()).hasSize(7).allMatch(n -> n.state().isFinal());
    }

    @Test
    void stopEndsAllRunsAndAllGoOnWhenTheStudyDoes() throws InterruptedException {
        RunningStudy study = startWithTwoInFlight();
        study.stop();
        assertThat(study.await()).isEqualTo(StudyState.STOPPED);
        assertThat(lab.runner.going()).isEmpty();
        assertThat(lab.store.tree(id).nodes().subList(1, 3)).allMatch(n -> n.state() == NodeState.RUNNING)
                .allMatch(n -> n.runs().getFirst().outcome() == null);
        goOnToTheEnd();
        assertThat(lab.runner.executions()).containsEntry(run(1), 2).containsEntry(run(2), 2).containsEntry(run(3), 1);
    }

    @Test
    void finishEndsAllTrainingsAndOpensTheTest() throws InterruptedException {
        RunningStudy study = startWithTwoInFlight();
        study.finish();
        assertThat(study.await()).isEqualTo(StudyState.FINISHED);
        assertThat(lab.store.tree(id).nodes()).hasSize(3);
        assertThat(lab.store.tree(id).nodes().subList(1, 3))
                .allMatch(n -> n.note().equals("stopped at step 1: the search was ended"));
        assertThat(lab.store.study(id).result()).isNotNull();
    }

    @Test
    void runsThatOutliveTheProgramAreFoundAgainOnTheirOwnDevices() throws InterruptedException {
        startWithTwoInFlight().abandon();
        Map<RunId, String> before = devices();
        assertThat(before.values()).containsExactlyInAnyOrder("cuda:0", "cuda:1");
        lab.runner.release(run(1));
        RunningStudy again = start();
        await(() -> lab.runner.executions().containsKey(run(3)));
        assertThat(devices()).containsEntry(run(2), before.get(run(2))).containsEntry(run(3), before.get(run(1)));
        again.abandon();
        List.of(run(2), run(3)).forEach(lab.runner::release);
        goOnToTheEnd();
        assertThat(lab.runner.executions().values()).as("no run is executed twice").containsOnly(1);
    }

    @Test
    void aStudyOfTwoRunsGoesOnWithOneAtATime() throws InterruptedException {
        startWithTwoInFlight().abandon();
        lab.store.settings(id, lab.store.study(id).settings().withParallel(1));
        RunningStudy again = start();
        lab.runner.release(run(1));
        await(() -> lab.store.tree(id).node(new NodeId(1)).runs().getFirst().outcome() != null);
        lab.runner.release(run(2));
        await(() -> lab.runner.executions().containsKey(run(3)));
        assertThat(devices()).containsExactly(Map.entry(run(3), "cuda:0,cuda:1"));
        again.abandon();
        lab.runner.release(run(3));
        goOnToTheEnd();
        assertThat(lab.runner.executions().values()).containsOnly(1);
    }

    @Test
    void oneRunAtATimeCanBeWishedForWhileTwoAreInFlight() throws InterruptedException {
        RunningStudy study = startWithTwoInFlight();
        study.change(lab.store.study(id).settings().withParallel(1));
        lab.runner.release(run(1));
        await(() -> lab.store.tree(id).node(new NodeId(1)).state().isFinal());
        assertThat(lab.runner.going()).hasSize(1);
        lab.runner.release(run(2));
        await(() -> lab.runner.executions().containsKey(run(3)));
        assertThat(devices()).containsExactly(Map.entry(run(3), "cuda:0,cuda:1"));
        study.stop();
        assertThat(study.await()).isEqualTo(StudyState.STOPPED);
    }

    @Test
    void aFaultInOneRunsWayStopsTheOtherAndTheStudyCanGoOn() throws InterruptedException {
        CompletableFuture<Void> broken = new CompletableFuture<>();
        lab.runner.onStart(r -> {
            if (r.id().equals(run(2)) && broken.complete(null)) {
                throw new IllegalStateException("the folder is gone");
            }
        });
        RunningStudy study = start();
        assertThat(study.await()).isEqualTo(StudyState.STOPPED);
        assertThat(lab.runner.going()).extracting(RunRequest::id).doesNotContain(run(1));
        assertThat(lab.heard(StudyEvent.Message.class)).anyMatch(m -> m.text().contains("the folder is gone"));
        held = false;
        lab.runner.release(run(2));
        goOnToTheEnd();
    }

    @Test
    void anErrorInOneRunsWayLeavesTheOtherAsAKillWould() throws InterruptedException {
        CompletableFuture<Void> broken = new CompletableFuture<>();
        lab.runner.onStart(r -> {
            if (r.id().equals(run(2)) && broken.complete(null)) {
                throw new LinkageError("a class is missing");
            }
        });
        RunningStudy study = start();
        assertThat(study.await()).isEqualTo(StudyState.STOPPED);
        assertThat(lab.heard(StudyEvent.Message.class)).anyMatch(m -> m.text().contains("a class is missing"));
        List.of(run(1), run(2)).forEach(lab.runner::release);
        goOnToTheEnd();
        assertThat(lab.runner.executions().values()).containsOnly(1);
    }

    @Test
    void verdictsAreAskedForOneAtATimeWhileRunsGoOn() throws InterruptedException {
        lab.store.settings(id, lab.store.study(id).settings().withApproval(Approval.ASK));
        RunningStudy study = start();
        approve(study, 1);
        await(() -> lab.runner.going().size() == 1);
        approve(study, 2);
        await(() -> lab.runner.going().size() == 2);
        assertThat(lab.heard(StudyEvent.AwaitingVerdict.class)).extracting(asked -> asked.proposal().id().value())
                .containsExactly(1, 2);
        lab.runner.release(run(1));
        await(() -> lab.heard(StudyEvent.AwaitingVerdict.class).size() == 3);
        assertThat(lab.store.tree(id).node(new NodeId(1)).state()).isEqualTo(NodeState.COMPLETED);
        lab.runner.release(run(2));
        await(() -> lab.store.tree(id).node(new NodeId(2)).runs().getFirst().outcome() != null);
        study.stop();
        assertThat(study.await()).isEqualTo(StudyState.STOPPED);
        lab.store.settings(id, lab.store.study(id).settings().withApproval(Approval.AUTO));
        goOnToTheEnd();
        assertThat(lab.runner.executions().values()).containsOnly(1);
    }

    private void approve(RunningStudy study, int node) throws InterruptedException {
        await(() -> lab.heard(StudyEvent.AwaitingVerdict.class).stream()
                .map(StudyEvent.AwaitingVerdict::proposal).map(Node::id).anyMatch(new NodeId(node)::equals));
        Node asked = lab.store.tree(id).node(new NodeId(node));
        await(() -> decided(study, asked));
    }

    private static boolean decided(RunningStudy study, Node asked) {
        try {
            study.decide(asked.id(), new Verdict.Approved(asked.strategy()));
            return true;
        } catch (IllegalStateException e) {
            return false; // it does not wait yet
        }
    }
}
