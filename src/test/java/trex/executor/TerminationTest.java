package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.loop.RecipeRunner.Running;
import trex.model.Checkpoint;
import trex.model.Optimization;
import trex.model.Recipe;
import trex.model.RunEvent;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.Schedule;
import trex.model.Work;

/// SIGTERM at random moments of real trainings, native calls among them.
@Tag("slow")
class TerminationTest {
    private static final int SIGNALS = 20;
    private static final int LATEST_MILLIS = 300;

    @TempDir Path home;
    private final Random random = new Random(11);

    @BeforeEach
    void needTheEmbeddedModel() {
        TinyStudy.assumeModel();
    }

    @Test
    void aTrainingThatIsTerminatedAgainAndAgainNeverCrashesAndReachesTheSameBits() throws Exception {
        TinyStudy study = new TinyStudy(home);
        Recipe recipe = study.recipe.withOptimization(new Optimization(1e-3, 100, 16, 1, 0, Schedule.CONSTANT, 0, 1));
        RunRequest request = study.request("parts", new Work.Train(recipe));
        JobFolder job = JobFolder.of(home, request.study(), request.id());
        int signals = 0;
        while (signals < SIGNALS) {
            Running run = runner().start(request, _ -> {});
            Attempt attempt = job.attempt(signals + 1);
            Await.until("attempt " + attempt.number(), () -> attempt.claim().isPresent());
            awaitAMoment(attempt);
            terminate(attempt.claim().orElseThrow(), signals++);

            RunOutcome outcome = run.await();

            assertThat(attempt.crashReport()).doesNotExist();
            RunOutcome.Stopped stopped = (RunOutcome.Stopped) outcome;
            assertThat(newest(job, attempt)).isEqualTo(stopped.step()).isEqualTo(lastStep(job));
            assertThat(stepsAfterTheSignal(attempt)).as("steps after the signal").isLessThanOrEqualTo(1);
            Await.until("the exit", () -> attempt.exit().isPresent());
            assertThat(attempt.exit()).contains(new Exit(Exit.TERMINATED));
        }

        RunOutcome.Completed resumed = (RunOutcome.Completed) runner().start(request, _ -> {}).await();
        RunOutcome.Completed undisturbed = (RunOutcome.Completed)
                runner().start(study.request("whole", new Work.Train(recipe)), _ -> {}).await();
        assertThat(resumed.score()).isEqualTo(undisturbed.score());
        assertThat(adapter(resumed)).hasBinaryContent(Files.readAllBytes(adapter(undisturbed)));
    }

    /// One in four within the start, the others within a step of the training.
    private void awaitAMoment(Attempt attempt) throws Exception {
        if (attempt.number() % 4 > 0) {
            EventTail events = new EventTail(attempt.metrics());
            Await.until("a step", () -> events.poll().stream().anyMatch(RunEvent.Step.class::isInstance));
        }
        Thread.sleep(random.nextInt(LATEST_MILLIS)); // the moment itself is what is tried
    }

    /// The one that was being computed may still be told.
    private static long stepsAfterTheSignal(Attempt attempt) throws Exception {
        return new EventTail(attempt.metrics()).poll().stream()
                .dropWhile(event -> !event.equals(Assignment.ASKED_TO_END))
                .filter(RunEvent.Step.class::isInstance)
                .count();
    }

    /// To the worker, as a person does; to the launcher; to both, as a system does that shuts down.
    private static void terminate(Claim claim, int turn) {
        ProcessIdentity launcher = Objects.requireNonNull(claim.launcher());
        List<ProcessIdentity> receivers = List.of(claim.worker(), launcher);
        switch (turn % 3) {
            case 0 -> receivers = List.of(claim.worker());
            case 1 -> receivers = List.of(launcher);
            default -> {}
        }
        receivers.forEach(process -> ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroy));
    }

    private LocalRunner runner() {
        return new LocalRunner(home, new WorkerCommand(home, new WorkerSettings(2, false, 256)), null);
    }

    private static int lastStep(JobFolder job) throws Exception {
        return job.events().stream()
                .filter(RunEvent.Step.class::isInstance)
                .mapToInt(event -> ((RunEvent.Step) event).step())
                .max().orElse(0);
    }

    private static int newest(JobFolder job, Attempt attempt) throws Exception {
        return new Checkpoints(job, attempt).newest().map(Checkpoint::step).orElse(0);
    }

    private static Path adapter(RunOutcome.Completed completed) {
        return Path.of(Objects.requireNonNull(completed.checkpoint()).path()).resolve("adapter_model.safetensors");
    }
}
