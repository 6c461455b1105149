package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.model.RunEvent;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.RunRequest;

/// What `kill -9` of the workbench leaves behind.
class WorkbenchDeathTest {
    private static final int STEPS = 40;

    @TempDir Path home;

    @Test
    void theWorkerGoesOnAndANewWorkbenchHearsEveryEvent() throws Exception {
        RunRequest request = Requests.toy("run", STEPS, 50);
        JobFolder job = JobFolder.of(home, request.study(), request.id());
        Process workbench = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
                        "-cp", System.getProperty("java.class.path"), WorkbenchStandIn.class.getName(),
                        home.toString(), "run", Integer.toString(STEPS), "50")
                .inheritIO().start();
        Await.until("two steps", () -> job.events().size() >= 3);

        workbench.destroyForcibly().waitFor();

        assertThat(job.state()).isInstanceOf(JobState.Running.class);
        assertThat(new Workers(home).running()).containsExactly(new RunId("run"));
        List<RunEvent> heard = Collections.synchronizedList(new ArrayList<>());
        RunOutcome outcome = new LocalRunner(home, WorkerSettings.ofThisMachine()).start(request, heard::add).await();
        assertThat(outcome).isInstanceOfSatisfying(RunOutcome.Completed.class, completed ->
                assertThat(completed.score().value()).isEqualTo(ToyWorkload.valueAfter(STEPS, 7)));
        assertThat(heard).hasSize(STEPS + 1).isEqualTo(job.events());
        assertThat(job.attempts()).hasSize(1);
        assertThat(new Workers(home).running()).isEmpty();
        Await.until("the launcher's last words", () -> job.attempt(1).exit().isPresent());
    }
}
