package trex.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import trex.loop.StudyStore.StoreFailure;

/// One workbench a home folder. The operating system drops the lock with its process, so that a
/// killed workbench leaves none behind; the file itself only tells who holds it.
final class FolderLock implements AutoCloseable {
    // Far behind the text, which stays readable where locks are mandatory.
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /// @throws StoreFailure if another process, or another store of this one, holds the folder
    static FolderLock take(Path home, Path file) {
        FileChannel channel = null;
        try {
            Files.createDirectories(file.getParent());
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                throw new StoreFailure("the home folder " + home + " is in use by another TREX Workbench (process "
                        + holder(file) + "); close it, or give this one a folder of its own with TREX_HOME");
            }
            channel.truncate(0);
            channel.write(StandardCharsets.US_ASCII.encode(Long.toString(ProcessHandle.current().pid())), 0);
            FolderLock lock = new FolderLock(channel);
            channel = null;
            return lock;
        } catch (IOException e) {
            throw new StoreFailure("cannot use the home folder " + home + ": " + e.getMessage(), e);
        } finally {
            closeQuietly(channel);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String holder(Path file) {
        try {
            String pid = Files.readString(file, StandardCharsets.US_ASCII).strip();
            return pid.isEmpty() ? "unknown" : pid;
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // The lock was never ours; there is nothing to keep.
                return;
            }
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }
}
