package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import trex.loop.BoundlessDisk;
import trex.loop.Devices;
import trex.loop.Fixtures;
import trex.loop.InMemoryStudyStore;
import trex.loop.Ports;
import trex.loop.RecipeRunner;
import trex.loop.Researcher;
import trex.loop.RunningStudy;
import trex.loop.StudyStore;
import trex.model.Approval;
import trex.model.Budget;
import trex.model.DeviceList;
import trex.model.Mission;
import trex.model.Node;
import trex.model.Recipe;
import trex.model.ResearchDirection;
import trex.model.Run;
import trex.model.RunCost;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.Strategy;
import trex.model.StudyId;
import trex.model.StudySettings;
import trex.model.StudyState;
import trex.model.Work;
import trex.search.SearchPolicies;

/// A study of two runs at a time with real workers, which carry out the toy workload.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SideBySideTest {
    private static final int ROUNDS = 3;
    private static final int STEPS = 40;
    private static final int MILLISECONDS_A_STEP = 25;

    @TempDir
    private Path home;

    private final StudyStore store = new InMemoryStudyStore(InstantSource.system());

    private RunningStudy start(StudyId id) {
        Ports ports = new Ports(store, (_, _, _) -> Fixtures.prepared(), new Rates(),
                (settings, mission) -> SearchPolicies.named(settings.policy(), settings.exploration(), mission.seed()),
                _ -> List.of(), new TrainingWorkers(home), new BoundlessDisk(), new Devices(), InstantSource.system());
        return RunningStudy.start(id, ports, _ -> {});
    }

    private StudyId create() {
        RunRequest toy = Requests.toy("toy", STEPS, MILLISECONDS_A_STEP);
        Mission m = toy.mission();
        return store.create(
                new Mission(m.name(), m.goal(), m.baseModel(), m.data(), m.metric(), new Budget(ROUNDS, 10_000, 100), m.space(),
                        m.start(), m.seed()),
                StudySettings.DEFAULT.withApproval(Approval.AUTO).withDevice("cuda:0,cuda:1").withParallel(2));
    }

    private Stream<Run> trainings(StudyId id) {
        return store.tree(id).nodes().stream().flatMap(n -> n.runs().stream()).filter(r -> r.work() instanceof Work.Train);
    }

    /// Of the trainings that have a job folder and have not ended.
    private List<String> devicesInUse(StudyId id) throws IOException {
        List<String> devices = new ArrayList<>();
        for (Run run : trainings(id).filter(r -> r.outcome() == null).toList()) {
            JobFolder.of(home, id, run.id()).specified().ifPresent(request -> devices.add(request.device()));
        }
        return devices;
    }

    @Test
    void twoWorkersGoOnAtATimeOutliveTheProgramAndAreFoundAgain() throws Exception {
        StudyId id = create();
        RunningStudy first = start(id);
        Await.until("a run on each device", () -> Set.copyOf(devicesInUse(id)).equals(Set.of("cuda:0", "cuda:1")));
        first.abandon();

        assertThat(start(id).await()).isEqualTo(StudyState.FINISHED);

        assertThat(store.tree(id).rounds().completed()).isEqualTo(ROUNDS);
        for (Run run : trainings(id).toList()) {
            assertThat(run.outcome()).isInstanceOf(RunOutcome.Completed.class);
            JobFolder job = JobFolder.of(home, id, run.id());
            assertThat(job.attempts()).as("attempts of %s", run.id()).hasSize(1);
            Await.until("the launcher's last words", () -> job.attempt(1).exit().isPresent());
        }
    }

    /// Trainings by real workers; measurements, which the toy cannot do, at once.
    private static final class TrainingWorkers implements RecipeRunner {
        private final LocalRunner workers;

        TrainingWorkers(Path home) {
            this.workers = new LocalRunner(home,
                    new WorkerCommand(home, new WorkerSettings(1, false, 64), ToyWorker.class.getName(), true), null);
        }

        @Override
        public Running start(RunRequest request, Consumer<RunEvent> progress) {
            return switch (request.work()) {
                case Work.Train _ -> workers.start(request, progress);
                case Work.Measure _ -> new Measured(request.id());
            };
        }

        @Override
        public Optional<DeviceList> devices(StudyId study, RunId run) {
            return workers.devices(study, run);
        }
    }

    private record Measured(RunId id) implements RecipeRunner.Running {
        @Override
        public RunOutcome await() {
            return new RunOutcome.Completed(Fixtures.score(0.5), null, RunCost.NONE);
        }

        @Override
        public void stop() {}
    }

    /// Another learning rate each round.
    private static final class Rates implements Researcher {
        @Override
        public String name() {
            return "rates";
        }

        @Override
        public Strategy propose(Context context, Node parent) {
            Recipe start = context.mission().start();
            int round = context.tree().nodes().stream().map(Node::id).max(Comparator.naturalOrder()).orElseThrow().value();
            return new Strategy(ResearchDirection.ADJUST_TRAINING, "Another seed " + round + ".", List.of(),
                    List.of(start.withSeed(start.seed() + round)), name());
        }
    }
}
