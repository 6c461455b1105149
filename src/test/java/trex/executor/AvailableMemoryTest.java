package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvailableMemoryTest {
    @TempDir Path root;

    @BeforeEach
    void aMachineOfEightGigabytes() throws IOException {
        Files.createDirectories(root.resolve("proc"));
        Files.createDirectories(root.resolve("sys/fs/cgroup"));
        Files.writeString(root.resolve("proc/meminfo"), "MemTotal:  9000000 kB\nMemAvailable:    8000000 kB\n");
    }

    @Test
    void withoutALimitItIsTheMachines() throws IOException {
        assertThat(new AvailableMemory(root).bytes()).isEqualTo(8_000_000L * 1024);
        limit("max", "5000");
        assertThat(new AvailableMemory(root).bytes()).isEqualTo(8_000_000L * 1024);
    }

    @Test
    void aControlGroupsLimitCounts() throws IOException {
        limit("1000000", "400000");
        assertThat(new AvailableMemory(root).bytes()).isEqualTo(600_000);
    }

    private void limit(String limit, String used) throws IOException {
        Files.writeString(root.resolve("sys/fs/cgroup/memory.max"), limit + "\n");
        Files.writeString(root.resolve("sys/fs/cgroup/memory.current"), used + "\n");
    }
}
