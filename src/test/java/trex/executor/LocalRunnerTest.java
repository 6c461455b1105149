package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trex.fetch.Folders;
import trex.loop.RecipeRunner.Running;
import trex.model.Checkpoint;
import trex.model.FailureKind;
import trex.model.RunCost;
import trex.model.RunEvent;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.StudyId;

/// With real worker processes that carry out the toy workload.
class LocalRunnerTest {
    private static final WorkerSettings SMALL = new WorkerSettings(1, false, 64);

    @TempDir Path home;

    /// The launcher's last words come a moment after the result.
    @AfterEach
    void everyProcessHasEnded() throws Exception {
        for (String run : List.of("run", "other")) {
            for (Attempt attempt : job(Requests.toy(run, 1, 8)).attempts()) {
                Await.until("the end of " + attempt, () -> attempt.exit().isPresent()
                        || !attempt.claim().map(Claim::isAlive).orElse(true));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRunTellsEveryStepAndEndsWithItsScore(boolean shell) throws Exception {
        List<RunEvent> heard = Collections.synchronizedList(new ArrayList<>());
        RunRequest request = Requests.toy("run", 20, 8);

        RunOutcome outcome = runner(shell).start(request, heard::add).await();

        assertThat(outcome).isInstanceOfSatisfying(RunOutcome.Completed.class, completed -> {
            assertThat(completed.score().value()).isEqualTo(ToyWorkload.valueAfter(20, 7));
            assertThat(completed.cost().seconds()).isPositive();
        });
        assertThat(steps(heard)).hasSize(20);
        Await.until("the exit to be written", () -> job(request).attempt(1).exit().isPresent());
        assertThat(job(request).attempt(1).exit()).contains(new Exit(0));
    }

    @Test
    void anEndedRunYieldsItsOutcomeAndItsEventsWithoutASecondExecution() throws Exception {
        RunRequest request = Requests.toy("run", 3, 8);
        RunOutcome first = runner(true).start(request, _ -> {}).await();

        List<RunEvent> heard = Collections.synchronizedList(new ArrayList<>());
        RunOutcome second = runner(true).start(request, heard::add).await();

        assertThat(second).isEqualTo(first);
        assertThat(steps(heard)).hasSize(3);
        assertThat(job(request).attempts()).hasSize(1);
    }

    @Test
    void whereABegunRunComputesIsKnownToEveryRunner() throws Exception {
        RunRequest request = Requests.toy("run", 3, 8);
        assertThat(runner(true).devices(request.study(), request.id())).isEmpty();
        runner(true).start(request, _ -> {}).await();

        assertThat(runner(true).devices(request.study(), request.id())).contains(request.devices());
    }

    @Test
    void twoStartsAtOnceShareOneWorker() throws Exception {
        RunRequest request = Requests.toy("run", 10, 8);
        Running one = runner(true).start(request, _ -> {});
        Running other = runner(true).start(request, _ -> {});

        assertThat(one.await()).isEqualTo(other.await());
        assertThat(job(request).attempts()).hasSize(1);
    }

    @Test
    void aStopEndsTheRunWithinAStepAndTheNextStartGoesOnToTheSameBits() throws Exception {
        RunRequest request = Requests.toy("run", 25, 40);
        List<RunEvent> heard = Collections.synchronizedList(new ArrayList<>());
        Running run = runner(true).start(request, heard::add);
        Await.until("the third step", () -> steps(heard).size() >= 3);
        int before = steps(job(request).events()).size();
        run.stop();

        RunOutcome stopped = run.await();

        assertThat(stopped).isInstanceOfSatisfying(RunOutcome.Stopped.class, s -> {
            assertThat(s.step()).isBetween(3, before + 2);
            assertThat(job(request).attempt(1).checkpoints().resolve("step-" + s.step())).isDirectory();
        });
        RunOutcome outcome = runner(true).start(request, _ -> {}).await();
        assertThat(outcome).isInstanceOfSatisfying(RunOutcome.Completed.class, completed ->
                assertThat(completed.score().value()).isEqualTo(ToyWorkload.valueAfter(25, 7)));
        assertThat(steps(job(request).events())).hasSize(25);
    }

    @Test
    void aStopRightAfterTheStartStopsTheRun() throws Exception {
        RunRequest request = Requests.toy("run", 1000, 20);
        Running run = runner(true).start(request, _ -> {});
        run.stop();

        assertThat(run.await()).isInstanceOf(RunOutcome.Stopped.class);
    }

    @Test
    void aKilledWorkerIsAFailedRunThatSaysSo() throws Exception {
        RunRequest request = Requests.toy("run", 1000, 20);
        List<RunEvent> heard = Collections.synchronizedList(new ArrayList<>());
        Running run = runner(true).start(request, heard::add);
        Await.until("a step", () -> !steps(heard).isEmpty());

        kill(worker(request).pid());

        assertThat(run.await()).isInstanceOfSatisfying(RunOutcome.Failed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(FailureKind.KILLED);
            assertThat(failed.message()).contains("signal 9");
            assertThat(failed.phase()).isEqualTo("training");
        });
    }

    @Test
    void aWorkerThatVanishesWithItsLauncherIsTriedAgainFromItsCheckpoint() throws Exception {
        RunRequest request = Requests.toy("run", 30, 20);
        List<RunEvent> heard = Collections.synchronizedList(new ArrayList<>());
        Running run = runner(true).start(request, heard::add);
        Await.until("a checkpoint", () -> Files.isDirectory(job(request).attempt(1).checkpoints().resolve("step-5")));

        kill(Objects.requireNonNull(job(request).attempt(1).claim().orElseThrow().launcher()).pid());
        kill(worker(request).pid());

        assertThat(run.await()).isInstanceOfSatisfying(RunOutcome.Completed.class, completed ->
                assertThat(completed.score().value()).isEqualTo(ToyWorkload.valueAfter(30, 7)));
        assertThat(job(request).attempts()).hasSize(2);
        assertThat(steps(job(request).events())).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void sigtermKeepsACheckpointAndTheNextStartGoesOn() throws Exception {
        RunRequest request = Requests.toy("run", 25, 40);
        Running run = runner(true).start(request, _ -> {});
        Await.until("a step", () -> !steps(job(request).events()).isEmpty());

        assertThat(ProcessHandle.of(worker(request).pid()).orElseThrow().destroy()).isTrue();

        assertThat(run.await()).isInstanceOf(RunOutcome.Stopped.class);
        assertThat(new Checkpoints(job(request), job(request).attempt(1)).newest()).isPresent();
        assertThat(runner(true).start(request, _ -> {}).await()).isInstanceOf(RunOutcome.Completed.class);
    }

    @Test
    void ofTwoWorkersOnOneJobTheNewerOneFencesTheOlderAndReachesTheSameBits() throws Exception {
        RunRequest request = Requests.toy("run", 40, 30);
        Running run = runner(true).start(request, _ -> {});
        Await.until("a checkpoint", () -> Files.isDirectory(job(request).attempt(1).checkpoints().resolve("step-5")));

        assertThat(job(request).attempt(2).create()).isTrue();
        command(true).start(job(request), job(request).attempt(2));

        assertThat(run.await()).isInstanceOfSatisfying(RunOutcome.Completed.class, completed ->
                assertThat(completed.score().value()).isEqualTo(ToyWorkload.valueAfter(40, 7)));
        assertThat(job(request).attempt(1).exit().map(Exit::reason)).contains(Exit.Reason.FENCED);
        assertThat(steps(job(request).attempt(2).metrics())).last().isEqualTo(40);
    }

    @Test
    void workThatAnotherRunHasDoneIsTakenOverAndNotRepeated() throws Exception {
        LocalRunner runner = new LocalRunner(home, command(true), "code");
        RunOutcome.Completed first = (RunOutcome.Completed) runner.start(Requests.toy("run", 3, 8), _ -> {}).await();

        List<RunEvent> heard = Collections.synchronizedList(new ArrayList<>());
        RunOutcome second = runner.start(Requests.toy("twin", 3, 8), heard::add).await();

        assertThat(second).isEqualTo(new RunOutcome.Completed(first.score(), first.checkpoint(), RunCost.NONE.asTakenOver()));
        assertThat(steps(heard)).hasSize(3);
        assertThat(heard).first().isInstanceOf(RunEvent.Notice.class).asString().contains("taken over from run run");
        assertThat(runner.start(Requests.toy("other", 4, 8), _ -> {}).await().cost().seconds()).isPositive();
    }

    private static RunRequest ofStudy(String study, RunRequest request) {
        return new RunRequest(request.id(), new StudyId(study), request.mission(), request.model(), request.splits(),
                request.work(), request.device());
    }

    @Test
    void workOfAnotherStudyIsTakenOverWithItsModelAtWhatItCostThere() throws Exception {
        LocalRunner runner = new LocalRunner(home, command(true), "code");
        RunOutcome.Completed first = (RunOutcome.Completed) runner.start(Requests.toy("run", 3, 8), _ -> {}).await();
        RunRequest request = ofStudy("another", Requests.toy("run", 3, 8));
        List<RunEvent> heard = Collections.synchronizedList(new ArrayList<>());

        RunOutcome.Completed second = (RunOutcome.Completed) runner.start(request, heard::add).await();

        assertThat(second.score()).isEqualTo(first.score());
        assertThat(second.cost()).isEqualTo(first.cost().asTakenOver());
        assertThat(heard).first().asString().contains("taken over from run run", "counts as if it had been spent here");
        Checkpoint model = Objects.requireNonNull(second.checkpoint());
        assertThat(Path.of(model.path())).startsWith(job(request).path());
        Await.until("the launcher's last word",
                () -> Files.exists(job(Requests.toy("run", 3, 8)).attempt(1).exitFile()));
        Folders.remove(home.resolve("studies/study"));
        assertThat(FolderDigest.verify(Path.of(model.path()))).as("it outlives the other study").contains(model.sha256());
    }

    @Test
    void workOfAStudyThatIsGoneIsDoneAgainAndNotedAnew() throws Exception {
        LocalRunner runner = new LocalRunner(home, command(true), "code");
        RunRequest request = Requests.toy("run", 3, 8);
        runner.start(request, _ -> {}).await();
        Await.until("the launcher's last word", () -> Files.exists(job(request).attempt(1).exitFile()));
        Folders.remove(home.resolve("studies/study"));
        List<RunEvent> heard = Collections.synchronizedList(new ArrayList<>());
        runner.start(ofStudy("second", request), heard::add).await();
        assertThat(heard).noneMatch(e -> e.toString().contains("taken over"));

        runner.start(ofStudy("third", request), heard::add).await();

        assertThat(heard).anyMatch(e -> e.toString().contains("taken over"));
    }

    @Test
    void aDamagedNoteOfFinishedWorkCostsARepetitionAndNothingElse() throws Exception {
        LocalRunner runner = new LocalRunner(home, command(true), "code");
        runner.start(Requests.toy("run", 3, 8), _ -> {}).await();
        try (var entries = Files.list(home.resolve("studies/study/work"))) {
            Files.writeString(entries.findFirst().orElseThrow(), "no name of a run");
        }
        try (var entries = Files.list(home.resolve("work"))) {
            Files.writeString(entries.findFirst().orElseThrow(), "no study/no run");
        }

        RunOutcome again = runner.start(Requests.toy("other", 3, 8), _ -> {}).await();

        assertThat(again).isInstanceOf(RunOutcome.Completed.class);
        assertThat(again.cost().seconds()).isPositive();
    }

    private static List<Integer> steps(Path metrics) throws Exception {
        return steps(new EventTail(metrics).poll());
    }

    private LocalRunner runner(boolean shell) {
        return new LocalRunner(home, command(shell), null);
    }

    private WorkerCommand command(boolean shell) {
        return new WorkerCommand(home, SMALL, ToyWorker.class.getName(), shell);
    }

    private JobFolder job(RunRequest request) {
        return JobFolder.of(home, request.study(), request.id());
    }

    private ProcessIdentity worker(RunRequest request) throws Exception {
        return job(request).attempts().getLast().claim().orElseThrow().worker();
    }

    private static void kill(long pid) {
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    }

    private static List<Integer> steps(List<RunEvent> events) {
        return List.copyOf(events).stream()
                .filter(RunEvent.Step.class::isInstance)
                .map(e -> ((RunEvent.Step) e).step())
                .toList();
    }
}
