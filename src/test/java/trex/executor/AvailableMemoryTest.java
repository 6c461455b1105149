package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    @Test
    void filesThatAreOnlyKeptForSpeedCountAsFree() throws IOException {
        limit("1000000", "400000");
        Files.writeString(root.resolve("sys/fs/cgroup/memory.stat"), "anon 100000\ninactive_file 250000\n");
        assertThat(new AvailableMemory(root).bytes()).isEqualTo(850_000);
    }

    @Test
    void theTightestOfTheGroupsAroundTheProcessCounts() throws IOException {
        belongTo("0::/service/worker");
        group("sys/fs/cgroup/service", "memory.max", "700000", "memory.current", "600000");
        group("sys/fs/cgroup/service/worker", "memory.max", "max", "memory.current", "600000");
        assertThat(new AvailableMemory(root).bytes()).isEqualTo(100_000);
    }

    @Test
    void theOlderControlGroupsCountToo() throws IOException {
        belongTo("9:name=systemd:/", "4:cpu,memory:/job", "0::/");
        group("sys/fs/cgroup/memory/job", "memory.limit_in_bytes", "500000", "memory.usage_in_bytes", "200000");
        assertThat(new AvailableMemory(root).bytes()).isEqualTo(300_000);
    }

    private void limit(String limit, String used) throws IOException {
        belongTo("0::/");
        group("sys/fs/cgroup", "memory.max", limit, "memory.current", used);
    }

    private void belongTo(String... groups) throws IOException {
        Files.createDirectories(root.resolve("proc/self"));
        Files.write(root.resolve("proc/self/cgroup"), List.of(groups));
    }

    private void group(String folder, String limitFile, String limit, String usedFile, String used) throws IOException {
        Files.createDirectories(root.resolve(folder));
        Files.writeString(root.resolve(folder).resolve(limitFile), limit + "\n");
        Files.writeString(root.resolve(folder).resolve(usedFile), used + "\n");
    }
}
