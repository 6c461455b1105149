package trex.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestCacheTest {
    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("weights"), "abc");
    }

    @Test
    void aChangedFileHasANewDigest() throws IOException {
        String before = cache().of(List.of(file));
        Files.writeString(file, "abcd");
        assertThat(cache().of(List.of(file))).isNotEqualTo(before).isEqualTo(Sha256.of(List.of(file)));
    }

    @Test
    void anEntryThatAPowerCutLeftEmptyIsTakenAgain() throws IOException {
        String digest = cache().of(List.of(file));
        try (Stream<Path> kept = Files.list(folder.resolve("digests"))) {
            for (Path entry : kept.toList()) {
                Files.write(entry, new byte[0]);
            }
        }
        assertThat(cache().of(List.of(file))).isEqualTo(digest);
    }

    private DigestCache cache() {
        return new DigestCache(folder.resolve("digests"));
    }
}
