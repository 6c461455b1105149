package trex.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The resident memory of this process.
final class ResidentMemory {
    private static final Path STATISTICS = Path.of("/proc/self/statm");
    private static final long PAGE = 4096;

    private ResidentMemory() {}

    /// In bytes; 0 where the system does not tell.
    static long bytes() {
        try {
            return Long.parseLong(Files.readString(STATISTICS).split(" ", 3)[1]) * PAGE;
        } catch (IOException e) {
            return 0; // not Linux
        }
    }
}
