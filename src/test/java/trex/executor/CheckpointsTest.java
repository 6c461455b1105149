package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.model.Checkpoint;

class CheckpointsTest {
    @TempDir Path folder;
    private JobFolder job;

    @BeforeEach
    void twoAttempts() throws IOException {
        job = new JobFolder(folder);
        assertThat(job.attempt(1).create() && job.attempt(2).create()).isTrue();
    }

    @Test
    void theNewestOfAnyAttemptIsResumed() throws IOException {
        write(1, 10, "ten");
        Checkpoint twenty = write(1, 20, "twenty");
        write(2, 15, "fifteen");
        assertThat(newest()).contains(twenty);
        assertThat(twenty.sha256()).matches("[0-9a-f]{64}");
    }

    @Test
    void aDamagedOneIsPassedOver() throws IOException {
        Checkpoint ten = write(1, 10, "ten");
        Checkpoint twenty = write(2, 20, "twenty");
        Files.writeString(Path.of(twenty.path()).resolve("weights"), "twemty");
        assertThat(newest()).contains(ten);
    }

    @Test
    void oneThatWasCutOffWhileWritingIsNotThere() throws IOException {
        assertThatThrownBy(() -> new Checkpoints(job, job.attempt(1)).write(10, into -> {
            Files.writeString(into.resolve("weights"), "half");
            throw new IOException("power cut");
        })).hasMessage("power cut");
        assertThat(newest()).isEmpty();
    }

    @Test
    void theSameStepAgainReplacesTheOlderOne() throws IOException {
        write(1, 10, "first");
        Checkpoint second = write(1, 10, "second");
        assertThat(newest()).contains(second);
        assertThat(Path.of(second.path()).resolve("weights")).hasContent("second");
    }

    private Checkpoint write(int attempt, int step, String content) throws IOException {
        return new Checkpoints(job, job.attempt(attempt))
                .write(step, into -> Files.writeString(into.resolve("weights"), content));
    }

    private Optional<Checkpoint> newest() throws IOException {
        return new Checkpoints(job, job.attempt(2)).newest();
    }
}
