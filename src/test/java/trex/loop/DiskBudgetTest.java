package trex.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import trex.model.Budget;
import trex.model.Mission;
import trex.model.ModelFiles;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Recipe;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.StudyId;
import trex.model.StudyState;
import trex.model.Work;

/// Disk in the ledger: reserved before a run, settled by what its folder holds, a hard stop.
@Timeout(30)
class DiskBudgetTest {
    private static final long MEBI = 1 << 20;
    private static final long PEAK = 5 * MEBI;
    private static final long KEPT = 2 * MEBI;

    private final Folders folders = new Folders();
    private final Laboratory lab = new Laboratory();

    DiskBudgetTest() {
        lab.disk = folders;
        lab.runner = new ScriptedRunner(request -> {
            RunOutcome outcome = Laboratory.outcome(request);
            folders.bytes.put(request.id(), request.work() instanceof Work.Train ? KEPT : MEBI / 4);
            return outcome;
        });
    }

    /// Job folders without a disk under them.
    private static final class Folders implements Disk {
        private final Map<RunId, Long> bytes = new HashMap<>();
        private final Map<RunId, Long> checkpoints = new HashMap<>();
        private long room = Long.MAX_VALUE;

        @Override
        public Need need(ModelFiles model, Recipe recipe) {
            return new Need(PEAK, KEPT);
        }

        @Override
        public Room room() {
            return new Room(room, "/home/me/trex");
        }

        @Override
        public long held(StudyId study) {
            return sum(bytes) + sum(checkpoints);
        }

        private static long sum(Map<RunId, Long> sizes) {
            return sizes.values().stream().mapToLong(Long::longValue).sum();
        }

        @Override
        public long held(StudyId study, RunId run) {
            return bytes.getOrDefault(run, 0L) + checkpoints.getOrDefault(run, 0L);
        }

        @Override
        public void release(StudyId study, RunId run) {
            checkpoints.remove(run);
        }
    }

    private StudyId create(int rounds, long disk) {
        Mission plain = Fixtures.mission(rounds, 10_000);
        return lab.create(new Mission(plain.name(), plain.goal(), plain.baseModel(), plain.data(), plain.metric(),
                new Budget(rounds, 10_000, 5_000, 0, 0, 0, disk), plain.space(), plain.start(), plain.seed()));
    }

    private List<String> told() {
        return lab.heard(StudyEvent.Message.class).stream().map(StudyEvent.Message::text).toList();
    }

    @Test
    void roundsGoOnUntilTheDiskOfTheBudgetHoldsTheirModels() {
        long budget = 20 * MEBI;
        StudyId id = create(20, budget);
        assertThat(lab.run(id)).isEqualTo(StudyState.FINISHED);

        assertThat(lab.heard(StudyEvent.SpendingChanged.class)).extracting(e -> e.spending().disk())
                .allSatisfy(disk -> assertThat(disk.held() + disk.reserved()).isLessThanOrEqualTo(budget))
                .anySatisfy(disk -> assertThat(disk.reserved()).isEqualTo(PEAK));
        assertThat(lab.store.study(id).spending().disk().held()).isEqualTo(folders.held(id));
        assertThat(lab.store.tree(id).rounds().finished()).isEqualTo(6);
        assertThat(told()).contains("The search ends after 6 of 20 rounds: "
                + "the 5 MiB of disk that are left for rounds are too few.");
        assertThat(Objects.requireNonNull(lab.store.study(id).result()).best()).isNotNull();
    }

    @Test
    void aRoundThatDoesNotFitTheDiskOfTheBudgetIsNotCarriedOut() {
        StudyId id = create(5, 4 * MEBI);
        assertThat(lab.run(id)).isEqualTo(StudyState.FINISHED);
        assertThat(lab.store.tree(id).node(new NodeId(1)).state()).isEqualTo(NodeState.SKIPPED);
        assertThat(lab.store.tree(id).node(new NodeId(1)).note())
                .isEqualTo("does not fit the budget: needs about 5 MiB of disk, 3 MiB are left for rounds");
        assertThat(Objects.requireNonNull(lab.store.study(id).result()).best()).isNull();
    }

    @Test
    void aRunThatTheDiskHasNoRoomForIsNotStartedAndTheStudyCanGoOnLater() {
        StudyId id = create(2, 0);
        folders.room = 3 * MEBI;
        assertThat(lab.run(id)).isEqualTo(StudyState.STOPPED);
        assertThat(told()).last().isEqualTo("the run of node #1 is not started: it needs about 5 MiB of disk, but 3 MiB are free "
                + "at /home/me/trex; free some, or prune the node, and resume the study");
        assertThat(lab.runner.executions()).hasSize(1);

        folders.room = 100 * MEBI;
        assertThat(lab.run(id)).isEqualTo(StudyState.FINISHED);
        assertThat(lab.store.tree(id).rounds().completed()).isEqualTo(2);
    }

    @Test
    void aTrainingIsStoppedWhereTheDiskOfTheBudgetEnds() {
        StudyId id = create(1, 10 * MEBI);
        lab.runner.holding(request -> request.work() instanceof Work.Train)
                .saying(request -> {
                    if (request.work() instanceof Work.Train) {
                        folders.checkpoints.put(request.id(), 11 * MEBI);
                        return List.of(new RunEvent.Validated(1, Fixtures.score(0.6)));
                    }
                    return List.of();
                });
        assertThat(lab.run(id)).isEqualTo(StudyState.FINISHED);
        assertThat(lab.store.journal(id)).extracting(StudyStore.JournalLine::text)
                .contains("node #1 is stopped after 11 MiB of disk, 5 MiB of disk were expected: the budget has no more for it");
        assertThat(lab.store.tree(id).node(new NodeId(1)).state()).isEqualTo(NodeState.FAILED);
        assertThat(folders.checkpoints).as("nobody will go on from them").isEmpty();
        assertThat(lab.store.study(id).spending().disk().held()).isLessThan(MEBI);
    }

    @Test
    void whatAKilledLoopDidNotSettleTheNextOneDoes() {
        StudyId id = create(1, 0);
        lab.run(id, (_, _) -> {
            throw new IllegalStateException("killed");
        });
        folders.bytes.put(new RunId("tiny-9"), 7 * MEBI);
        lab.run(id);
        assertThat(lab.store.study(id).spending().disk().held()).isEqualTo(folders.held(id)).isGreaterThan(7 * MEBI);
    }

    @Test
    void aForecastTellsWhatARoundTakesOfTheDisk() {
        StudyId id = create(1, 100 * MEBI);
        lab.run(id);
        Forecast forecast = Forecast.of(lab.store.study(id), lab.store.tree(id),
                Fixtures.strategy("Two.", Fixtures.recipe(1e-3, 50), Fixtures.recipe(2e-3, 50)), folders);
        assertThat(forecast.disk()).as("the second beside the first one's model").isEqualTo(KEPT + PEAK);
        assertThat(forecast.diskLeft()).isEqualTo(85 * MEBI - folders.held(id) - KEPT - PEAK);
    }
}
