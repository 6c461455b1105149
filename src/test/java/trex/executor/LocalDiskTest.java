package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.loop.Disk;
import trex.model.ModelFiles;
import trex.model.RunId;
import trex.model.StudyId;

class LocalDiskTest {
    private static final StudyId STUDY = new StudyId("tiny-261125-041233");
    private static final RunId RUN = new RunId("tiny-1");

    @TempDir
    private Path home;

    private Path file(JobFolder job, String name, int bytes) throws IOException {
        Path file = job.path().resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, new byte[bytes]);
    }

    @Test
    void aFileWithTwoNamesIsHeldOnce() throws IOException {
        JobFolder job = JobFolder.of(home, STUDY, RUN);
        Path weights = file(job, "attempts/0001/checkpoints/step-3/weights", 5_000);
        file(job, "spec.json", 70);
        Files.createDirectories(job.path().resolve("attempts/0001/model"));
        Files.createLink(job.path().resolve("attempts/0001/model/weights"), weights);
        file(JobFolder.of(home, STUDY, new RunId("tiny-2")), "spec.json", 30);
        LocalDisk disk = new LocalDisk(home);
        assertThat(disk.held(STUDY, RUN)).isEqualTo(5_070);
        assertThat(disk.held(STUDY)).isEqualTo(5_100);
        assertThat(disk.held(STUDY, new RunId("tiny-3"))).isZero();
    }

    @Test
    void releasingLeavesTheModelAndTheStory() throws IOException {
        JobFolder job = JobFolder.of(home, STUDY, RUN);
        file(job, "attempts/0001/checkpoints/step-3/weights", 5_000);
        file(job, "attempts/0002/checkpoints/step-6/weights", 5_000);
        file(job, "attempts/0002/model/weights", 400);
        file(job, "attempts/0002/metrics.jsonl", 20);
        LocalDisk disk = new LocalDisk(home);
        disk.release(STUDY, RUN);
        assertThat(disk.held(STUDY, RUN)).isEqualTo(420);
        disk.release(STUDY, RUN);
        assertThat(disk.held(STUDY, RUN)).as("a second time changes nothing").isEqualTo(420);
    }

    @Test
    void whatATrainingOfAnUnreadableModelTakesIsNotKnown() {
        Disk.Need need = new LocalDisk(home).need(
                new ModelFiles("gone", home.resolve("gone.gguf").toString(), "0".repeat(64)),
                Requests.toy("x", 1, 8).mission().start());
        assertThat(need.peak()).isNaN();
        assertThat(new LocalDisk(home).room().bytes()).isPositive();
    }
}
