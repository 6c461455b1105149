package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.loop.RecipeRunner.Running;
import trex.model.FailureKind;
import trex.model.RunOutcome;
import trex.model.RunRequest;

/// On a small disk in memory, where mounting one is allowed.
class DiskFullTest {
    @TempDir Path parent;

    private Path home() {
        return parent.resolve("small");
    }

    @BeforeEach
    void mount() throws Exception {
        Files.createDirectories(home());
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", home().toString()) == 0,
                "mounting needs the rights of root");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", home().toString());
    }

    @Test
    void aFullDiskIsReportedAndWhatWasThereStays() throws Exception {
        RunRequest request = Requests.toy("run", 1000, 20);
        JobFolder job = JobFolder.of(home(), request.study(), request.id());
        WorkerCommand command =
                new WorkerCommand(home(), new WorkerSettings(1, false, 64), ToyWorker.class.getName(), true);
        Running run = new LocalRunner(home(), command, null).start(request, _ -> {});
        Await.until("a checkpoint", () -> Files.isDirectory(job.attempt(1).checkpoints().resolve("step-5")));

        fill(home().resolve("filler"));

        assertThat(run.await()).isInstanceOfSatisfying(RunOutcome.Failed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(FailureKind.DISK_FULL);
            assertThat(failed.message()).contains("full");
        });
        assertThat(new Checkpoints(job, job.attempt(1)).newest()).isPresent();
        Await.until("the exit", () -> job.attempt(1).exit().isPresent());
        assertThat(job.attempt(1).exit()).contains(new Exit(0));
    }

    private static void fill(Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[1024]);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private static int run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            return -1; // there is no such program here
        }
    }
}
