package trex.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import trex.model.FailureKind;

/// Whether a disk has room.
final class DiskSpace {
    private static final long FULL_BYTES = 1 << 16;

    private DiskSpace() {}

    /// [FailureKind#DISK_FULL] where the trouble comes from a full disk, else
    /// [FailureKind#INPUT]: Java has no exception of its own for it.
    static FailureKind kindOf(IOException trouble, Path place) {
        String message = String.valueOf(trouble.getMessage());
        boolean full = message.contains("No space left")
                || message.contains("Disk quota exceeded")
                || message.contains("not enough space")
                || usable(place) < FULL_BYTES;
        return full ? FailureKind.DISK_FULL : FailureKind.INPUT;
    }

    /// Bytes that can be written at a place, or `Long.MAX_VALUE` where that cannot be told.
    static long usable(Path place) {
        try {
            return Files.getFileStore(place).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE; // the write itself will tell
        }
    }
}
