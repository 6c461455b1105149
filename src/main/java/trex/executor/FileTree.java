package trex.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import trex.training.FileLink;

/// A folder with all that is in it.
public final class FileTree {
    private FileTree() {}

    /// Deletes it, if it is there.
    public static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        for (Path path : paths(root)) {
            Files.delete(path);
        }
    }

    /// Gives all files of a folder a second name in another one, which is made; copies where the file system
    /// has no links. For files that are never changed.
    static void link(Path from, Path to) throws IOException {
        for (Path path : paths(from).reversed()) {
            Path name = to.resolve(from.relativize(path).toString());
            if (Files.isDirectory(path)) {
                Files.createDirectories(name);
            } else {
                FileLink.make(name, path);
            }
        }
        DurableFiles.sync(to);
    }

    /// All paths, deepest first.
    private static List<Path> paths(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
