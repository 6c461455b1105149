package trex.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// Real public data from a local mirror, where there is one.
final class MirrorData {
    private MirrorData() {}

    /// The file under `owner/repository/commit/path`; the test is skipped where it is not there.
    static Path file(String path) {
        String set = System.getProperty("TREX_DATA_MIRROR", System.getenv().getOrDefault("TREX_DATA_MIRROR", ""));
        Stream<Path> folders = set.isEmpty()
                ? Stream.of(Path.of("../shared/data"), Path.of("../../shared/data"))
                : Stream.of(Path.of(set));
        Path found = folders.map(folder -> folder.resolve(path)).filter(Files::isRegularFile).findFirst().orElse(null);
        Assumptions.assumeTrue(found != null, "no data mirror (TREX_DATA_MIRROR) with " + path);
        return java.util.Objects.requireNonNull(found);
    }
}
