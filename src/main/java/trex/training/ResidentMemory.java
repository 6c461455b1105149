package trex.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The resident memory of this process, in bytes; 0 where the system does not tell.
public final class ResidentMemory {
    private static final Path STATISTICS = Path.of("/proc/self/statm");
    private static final long PAGE = 4096;
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK = "VmHWM:";

    private ResidentMemory() {}

    /// What it takes now.
    public static long bytes() {
        try {
            return Long.parseLong(Files.readString(STATISTICS).split(" ", 3)[1]) * PAGE;
        } catch (IOException e) {
            return 0; // not Linux
        }
    }

    /// The most that it took.
    public static long peakBytes() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(PEAK))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0; // not Linux
        }
    }
}
