package trex.executor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.fetch.Folders;
import trex.training.FileLink;

/// A folder with all that is in it.
final class FileTree {
    private static final Logger LOG = LoggerFactory.getLogger(FileTree.class);

    private FileTree() {}

    /// Deletes what has served, if that is possible. A worker or its launcher may still write there; that must not
    /// hide how the work ended.
    static void discard(Path root) {
        try {
            Folders.remove(root);
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted", root, e);
        }
    }

    /// Gives all files of a folder a second name in another one, which is made; copies where the file system
    /// has no links. For files that are never changed.
    static void link(Path from, Path to) throws IOException {
        for (Path path : paths(from)) {
            Path name = to.resolve(from.relativize(path).toString());
            if (Files.isDirectory(path)) {
                Files.createDirectories(name);
            } else {
                FileLink.make(name, path);
            }
        }
        DurableFiles.sync(to);
    }

    /// Bytes that its files take; one that has several names there counts once. What goes away
    /// meanwhile takes none.
    static long bytes(Path root) {
        Bytes sum = new Bytes();
        try {
            Files.walkFileTree(root, sum);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot see what is in " + root, e); // only a visit throws, and none does
        }
        return sum.bytes;
    }

    private static final class Bytes extends SimpleFileVisitor<Path> {
        private final Set<Object> seen = new HashSet<>();
        private long bytes;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            Object key = attributes.fileKey();
            if (key == null || seen.add(key)) {
                bytes += attributes.size();
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException trouble) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException trouble) {
            return FileVisitResult.CONTINUE;
        }
    }

    /// All paths, a folder before what is in it.
    private static List<Path> paths(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.toList();
        }
    }
}
