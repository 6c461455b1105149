package trex.bench.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import trex.bench.Bench;

class SurrogatesTest {
    @Test
    void theMixturesSurrogateExplainsRunsItHasNotSeen() throws Bench.Unmeasured, InterruptedException {
        assertThat(new RegMix(new Surrogates(new MirroredFiles())).explained()).isGreaterThan(0.9);
    }

    @Test
    void allRealTrainingsAreThereWithTheirAccuracy() throws Bench.Unmeasured, InterruptedException {
        PeftRuns runs = new PeftRuns(new Surrogates(new MirroredFiles()));
        assertThat(runs.runs()).hasSize(63).allSatisfy(r -> assertThat(r.accuracy()).isBetween(0.0, 1.0));
        assertThat(runs.problem().drafts()).hasSize(3);
    }

    @Test
    void everyFileIsTheOneThatIsPinned() throws Exception {
        var mirrored = new MirroredFiles();
        Surrogates surrogates = new Surrogates((location, sha256) -> {
            var file = mirrored.locate(location, sha256);
            assertThat(digest(file)).as(location).isEqualTo(sha256);
            return file;
        });
        for (String path : surrogates.below("")) {
            assertThat(surrogates.bytes(path)).isNotEmpty();
        }
    }

    private static String digest(java.nio.file.Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (java.io.IOException | java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
