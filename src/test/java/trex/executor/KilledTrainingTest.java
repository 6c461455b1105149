package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.model.RunEvent;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.Selection;
import trex.model.Work;

/// SIGKILL at random moments of a real training in its real process. Of what a killed worker leaves
/// behind, the next one makes the same bits as an undisturbed one.
@Tag("slow")
class KilledTrainingTest {
    private static final int KILLS = 20;
    private static final int MOST_STEPS = 12;
    private static final int LATEST_MILLIS = 60;
    /// More than a whole training takes, also beside busy neighbours.
    private static final Duration WHOLE = Duration.ofMinutes(10);

    @TempDir Path home;
    private final Random random = new Random(5);
    private TinyStudy study;

    @BeforeEach
    void open() {
        TinyStudy.assumeModel();
        study = new TinyStudy(home);
    }

    @Test
    void aTrainingThatIsKilledAgainAndAgainReachesTheSameBits() throws Exception {
        Work training = new Work.Train(study.recipe
                .withOptimization(study.recipe.optimization().withEpochs(30).withLearningRate(1e-3))
                .withValidations(60)
                .withSelection(new Selection(50, 3)));
        RunOutcome.Completed killed = afterKills(study.request("killed", training));
        RunOutcome.Completed whole = new Job(study.request("whole", training)).toItsEnd();
        assertThat(killed.score()).isEqualTo(whole.score());
        assertThat(adapter(killed)).hasBinaryContent(Files.readAllBytes(adapter(whole)));
    }

    private RunOutcome.Completed afterKills(RunRequest request) throws Exception {
        Job job = new Job(request);
        for (int kill = 0; kill < KILLS; kill++) {
            Attempt attempt = job.begin();
            int steps = kill % 5 == 0 ? 0 : random.nextInt(MOST_STEPS);
            EventTail events = new EventTail(attempt.metrics());
            int[] heard = {0};
            Await.until("a claim and step " + steps + " of attempt " + attempt.number(), () -> {
                heard[0] += (int) events.poll().stream().filter(RunEvent.Step.class::isInstance).count();
                return attempt.claim().isPresent() && heard[0] >= steps;
            });
            Thread.sleep(random.nextInt(LATEST_MILLIS)); // the moment itself is what is tried
            assertThat(job.kill(attempt)).as("the training is long enough for all kills").isTrue();
        }
        return job.toItsEnd();
    }

    /// Attempts at one run, begun one after another.
    private final class Job {
        private final JobFolder folder;

        Job(RunRequest request) throws Exception {
            folder = JobFolder.of(home, request.study(), request.id());
            folder.specify(request);
        }

        Attempt begin() throws Exception {
            Attempt attempt = folder.attempt(folder.attempts().size() + 1);
            assertThat(attempt.create()).isTrue();
            new WorkerCommand(home, new WorkerSettings(1, false, 256)).start(folder, attempt);
            return attempt;
        }

        /// @return whether there was a living worker without a result
        boolean kill(Attempt attempt) throws Exception {
            long pid = attempt.claim().orElseThrow().worker().pid();
            boolean alive = ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false);
            Await.until("the exit", () -> attempt.exit().isPresent());
            return alive && folder.outcome().isEmpty();
        }

        RunOutcome.Completed toItsEnd() throws Exception {
            Attempt attempt = begin();
            Await.until("the exit", WHOLE, () -> attempt.exit().isPresent());
            return (RunOutcome.Completed) folder.outcome().orElseThrow();
        }
    }

    private static Path adapter(RunOutcome.Completed completed) {
        return Path.of(Objects.requireNonNull(completed.checkpoint()).path()).resolve("adapter_model.safetensors");
    }
}
