package trex.executor;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import trex.fetch.DigestCache;

/// This program's code, to the bit.
public final class ProgramCode {
    private ProgramCode() {}

    /// The archive that this program runs from, or the folder of loose classes. Found as a resource:
    /// in a program that was moved after its classes were archived, the virtual machine tells for
    /// these classes' source the place where they lay then.
    public static Path place() {
        Class<?> self = ProgramCode.class;
        URL found = Objects.requireNonNull(self.getResource(self.getSimpleName() + ".class"), "this class");
        try {
            if (found.openConnection() instanceof JarURLConnection archive) {
                return Path.of(archive.getJarFileURL().toURI());
            }
            Path file = Path.of(found.toURI());
            int depth = self.getName().split("\\.").length; // of the file, below its root package's folder
            return file.resolve("../".repeat(depth)).normalize();
        } catch (URISyntaxException | IOException e) {
            throw new IllegalStateException("classes come from " + found, e);
        }
    }

    /// The digest of the program's archive; empty where it runs from loose classes, which change
    /// while it is being developed.
    ///
    /// @param home where digests are remembered
    static Optional<String> digest(Path home) {
        Path archive = place();
        try {
            return Files.isRegularFile(archive)
                    ? Optional.of(new DigestCache(home.resolve("cache").resolve("digests")).of(List.of(archive)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // then nothing is reused, which is always right
        }
    }
}
