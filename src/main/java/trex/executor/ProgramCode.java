package trex.executor;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import trex.fetch.DigestCache;

/// The version of this program, to the bit.
final class ProgramCode {
    private ProgramCode() {}

    /// The digest of the program's archive; empty where it runs from loose classes, which change
    /// while it is being developed.
    ///
    /// @param home where digests are remembered
    static Optional<String> digest(Path home) {
        CodeSource source = ProgramCode.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return Optional.empty();
        }
        try {
            Path archive = Path.of(source.getLocation().toURI());
            return Files.isRegularFile(archive)
                    ? Optional.of(new DigestCache(home.resolve("cache").resolve("digests")).of(List.of(archive)))
                    : Optional.empty();
        } catch (URISyntaxException | IOException e) {
            return Optional.empty(); // then nothing is reused, which is always right
        }
    }
}
