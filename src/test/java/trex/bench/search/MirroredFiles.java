package trex.bench.search;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// Public files from a local mirror, where there is one; the test is skipped where there is none.
final class MirroredFiles implements PublicFiles {
    private final Path mirror;

    MirroredFiles() {
        String set = System.getProperty("TREX_DATA_MIRROR", System.getenv().getOrDefault("TREX_DATA_MIRROR", ""));
        Stream<Path> folders = set.isEmpty()
                ? Stream.of(Path.of("../shared/data"), Path.of("../../shared/data"))
                : Stream.of(Path.of(set));
        mirror = folders.filter(folder -> Files.isDirectory(folder.resolve("slds-lmu"))).findFirst().orElse(Path.of(""));
        Assumptions.assumeTrue(!mirror.toString().isEmpty(), "no data mirror (TREX_DATA_MIRROR) with the surrogates");
    }

    @Override
    public Path locate(String location, String sha256) {
        return mirror.resolve(location.substring("github:".length()).replace('@', '/'));
    }
}
