package trex.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trex.model.Approval;
import trex.model.DeviceList;
import trex.model.ExperimentTree;
import trex.model.Node;
import trex.model.NodeState;
import trex.model.Run;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.Spending;
import trex.model.StudyId;
import trex.model.StudyState;
import trex.search.SearchPolicies;

/// A study with several runs at a time, whose trainings end in an order that the test gives.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ParallelRunsTest {
    private final Laboratory lab = new Laboratory();

    private List<List<RunRequest>> finish(StudyId id, long seed) throws InterruptedException {
        LandingOrder order = new LandingOrder(lab, seed);
        assertThat(order.run(id, new InteractiveGate(Approval.AUTO, lab.clock))).isEqualTo(StudyState.FINISHED);
        assertThat(lab.runner.executions().values()).as("no run is executed twice").containsOnly(1);
        return order.together();
    }

    private List<Run> runs(StudyId id) {
        return lab.store.tree(id).nodes().stream().flatMap(n -> n.runs().stream()).toList();
    }

    private double spent(StudyId id) {
        return runs(id).stream().map(Run::outcome).mapToDouble(o -> o == null ? Double.NaN : o.cost().seconds()).sum();
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "2, 2", "2, 3", "3, 1", "3, 2", "4, 3"})
    void roundsGoOnSideBySideEachOnItsOwnDevice(int parallel, long seed) throws InterruptedException {
        StudyId id = lab.create(Fixtures.mission(7, 100_000), parallel);
        List<List<RunRequest>> together = finish(id, seed);
        assertThat(together).as("never more than that, and so many at first").allMatch(t -> t.size() <= parallel)
                .first().satisfies(t -> assertThat(t).hasSize(parallel));
        assertThat(lab.store.tree(id).rounds().finished()).isEqualTo(7);
        assertThat(lab.store.tree(id).nodes()).hasSize(8).allMatch(n -> n.state().isFinal());
        assertThat(lab.store.study(id).spending().spentSeconds()).as("the seconds of all").isEqualTo(spent(id));
        assertThat(lab.store.study(id).spending().reservedSeconds()).isZero();
    }

    @Test
    void theSameOrderOfEndsGivesTheSameStudy() throws InterruptedException {
        StudyId id = lab.create(Fixtures.mission(6, 100_000), 3);
        finish(id, 5);
        Laboratory other = new Laboratory();
        StudyId again = other.create(Fixtures.mission(6, 100_000), 3);
        new LandingOrder(other, 5).run(again, new InteractiveGate(Approval.AUTO, lab.clock));
        assertThat(other.store.tree(again)).isEqualTo(lab.store.tree(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rank-puct", "trex-uct", "uct-max", "greedy-best-first",
        "sequential", "ab-mcts", "flat-random", "flat-tpe", "flat-gp"})
    void theNextChoiceSeesTheChildrenInFlight(String policy) throws InterruptedException {
        lab.policies = (_, mission) -> SearchPolicies.named(policy, 1, mission.seed());
        ScriptedResearcher researcher = ScriptedResearcher.oneRecipeARound(100);
        lab.researcher = researcher;
        StudyId id = lab.create(Fixtures.mission(8, 100_000), 3);
        finish(id, 4);
        List<ExperimentTree> seen = researcher.seen().stream().map(Researcher.Context::tree).toList();
        assertThat(seen.get(2).nodes().stream().filter(n -> n.state() == NodeState.RUNNING)).hasSize(2);
        assertThat(lab.store.tree(id).rounds().finished()).isEqualTo(8);
    }

    @Test
    void theVariantsOfARoundGoOnSideBySide() throws InterruptedException {
        lab.researcher = new ScriptedResearcher(_ -> Fixtures.strategy("Three.", Fixtures.recipe(3e-3, 100),
                Fixtures.recipe(5e-3, 100), Fixtures.recipe(6e-3, 100)));
        StudyId id = lab.create(Fixtures.mission(1, 100_000), 3);
        List<List<RunRequest>> together = finish(id, 1);
        assertThat(together.getFirst()).hasSize(3);
        Node round = lab.store.tree(id).nodes().getLast();
        assertThat(round.state()).isEqualTo(NodeState.COMPLETED);
        assertThat(round.score()).as("the best variant's").isEqualTo(Fixtures.score(0.9));
    }

    @Test
    void repeatsGoOnSideBySideAndTheTestIsOpenedAfterThem() throws InterruptedException {
        StudyId id = lab.create(Fixtures.mission(4, 100_000), 3);
        List<List<RunRequest>> together = finish(id, 1);
        assertThat(together).anySatisfy(t -> assertThat(t).hasSize(3).allMatch(r -> r.id().value().endsWith("r1")));
        assertThat(lab.store.study(id).result()).isNotNull();
    }

    @Test
    void whatIsReservedIsTheSumOfTheRunsInFlight() throws InterruptedException {
        StudyId id = lab.create(Fixtures.mission(6, 100_000), 2);
        finish(id, 2);
        List<Double> reserved = lab.heard(StudyEvent.SpendingChanged.class).stream()
                .map(StudyEvent.SpendingChanged::spending).map(Spending::reservedSeconds).toList();
        double one = Laboratory.SECONDS_A_MEASUREMENT + 100 * Laboratory.SECONDS_AN_EXAMPLE;
        assertThat(reserved).anySatisfy(r -> assertThat(r).isCloseTo(2 * one, withPercentage(1)));
        int both = 0;
        while (reserved.get(both) < 1.5 * one) {
            both++;
        }
        assertThat(reserved.get(both + 1)).as("one has ended: the other's").isBetween(0.9 * one, 1.1 * one);
        assertThat(reserved.getLast()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"2, 30, 1", "2, 45, 2", "3, 40, 3", "3, 60, 4", "4, 80, 5", "4, 25, 6"})
    void theBudgetHoldsTheSecondsOfAll(int parallel, int seconds, long seed) throws InterruptedException {
        StudyId id = lab.create(Fixtures.mission(50, seconds), parallel);
        finish(id, seed);
        assertThat(spent(id)).isLessThanOrEqualTo(seconds);
        assertThat(lab.store.study(id).result()).isNotNull();
        assertThat(lab.store.tree(id).rounds().finished()).isPositive();
    }

    @Test
    void aDeviceOfAnotherStudyIsLeftAlone() throws InterruptedException {
        StudyId id = lab.create(Fixtures.mission(4, 100_000), 2);
        try (Devices.Turn _ = lab.devices.take(DeviceList.of("cuda:0"))) {
            assertThat(finish(id, 1)).allSatisfy(t -> assertThat(t).hasSize(1)
                    .allMatch(r -> r.device().equals("cuda:1")));
        }
    }

    @Test
    void moreDevicesThanRunsAreDividedAmongThem() throws InterruptedException {
        StudyId id = lab.create(Fixtures.mission(4, 100_000), 4);
        lab.store.settings(id, lab.store.study(id).settings().withParallel(2));
        Set<String> devices = finish(id, 1).stream().flatMap(List::stream).map(RunRequest::device).collect(Collectors.toSet());
        assertThat(devices).containsExactlyInAnyOrder("cuda:0,cuda:1", "cuda:2,cuda:3");
    }

    @Test
    void oneRunAtATimeIsTheStudyThatItAlwaysWas() throws InterruptedException {
        StudyId id = lab.create(Fixtures.mission(5, 100_000), 1);
        assertThat(lab.run(id)).isEqualTo(StudyState.FINISHED);
        Laboratory usual = new Laboratory();
        StudyId other = usual.create(Fixtures.mission(5, 100_000));
        assertThat(usual.run(other)).isEqualTo(StudyState.FINISHED);
        assertThat(lab.store.tree(id)).isEqualTo(usual.store.tree(other));
        assertThat(lab.store.study(id).spending()).isEqualTo(usual.store.study(other).spending());
    }

    @Test
    void aTrainingThatFailsEndsItsOwnRoundOnly() throws InterruptedException {
        StudyId id = lab.create(Fixtures.mission(6, 100_000), 2);
        finish(id, 1);
        Map<Boolean, List<Node>> failed = lab.store.tree(id).nodes().stream()
                .collect(Collectors.partitioningBy(n -> n.runs().stream().anyMatch(r -> r.outcome() instanceof RunOutcome.Failed)));
        assertThat(failed.get(true)).hasSize(1).allMatch(n -> n.state() == NodeState.FAILED);
        assertThat(failed.get(false)).allMatch(n -> n.state() == NodeState.COMPLETED);
    }
}
