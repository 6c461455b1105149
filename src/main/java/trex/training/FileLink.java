package trex.training;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Second names of files that are never changed.
public final class FileLink {
    private FileLink() {}

    /// Gives a file a second name, or a copy where the file system has no links.
    public static void make(Path name, Path file) throws IOException {
        try {
            Files.createLink(name, file);
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.copy(file, name);
        }
    }
}
