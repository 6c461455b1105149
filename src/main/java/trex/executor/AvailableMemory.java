package trex.executor;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the machine can still give to a process, in bytes.
final class AvailableMemory {
    private static final String AVAILABLE = "MemAvailable:";

    private final Path root;

    /// @param root where `proc` and `sys` are, `/` on a real machine
    AvailableMemory(Path root) {
        this.root = root;
    }

    /// Without pushing anything to swap; a control group's limit counts too.
    long bytes() {
        return Math.min(ofMachine(), ofControlGroups());
    }

    private long ofMachine() {
        try {
            return Files.readAllLines(root.resolve("proc/meminfo")).stream()
                    .filter(line -> line.startsWith(AVAILABLE))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElseGet(AvailableMemory::physical);
        } catch (IOException e) {
            return physical(); // not Linux
        }
    }

    /// All memory of the machine: elsewhere "free" is not what can be had.
    static long physical() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getTotalMemorySize();
    }

    private long ofControlGroups() {
        try {
            return new MemoryLimits(root).left();
        } catch (IOException e) {
            return Long.MAX_VALUE; // a limit that cannot be read does not hinder
        }
    }
}
