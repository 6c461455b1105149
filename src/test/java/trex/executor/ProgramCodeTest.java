package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramCodeTest {
    @TempDir Path home;

    @Test
    void looseClassesLieInTheFolderOfTheirRootPackage() {
        assertThat(ProgramCode.place().resolve("trex/Main.class")).isRegularFile();
    }

    @Test
    void looseClassesHaveNoDigest() {
        assertThat(ProgramCode.digest(home)).isEmpty();
    }
}
