package trex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.bench.Gemm;

class WiringTest {
    private static final Path NAMED = Path.of("ft-bench", "only-here", "task.json");

    @TempDir Path root;
    private Path own = Path.of("");

    @BeforeEach
    void installATask() throws IOException {
        own = root.resolve(NAMED);
        Files.createDirectories(own.getParent());
        Files.writeString(own, "{}");
    }

    @Test
    void aMissionOfTheProgramIsFoundFromEveryWorkingDirectory() {
        assertThat(wiring().missionFile(NAMED)).isEqualTo(own);
    }

    @Test
    void thePersonsOwnFileComesFirst() throws IOException {
        Path theirs = Path.of("pom.xml"); // of the working directory
        Files.writeString(root.resolve(theirs), "another");
        assertThat(wiring().missionFile(theirs)).isEqualTo(theirs.toAbsolutePath());
    }

    @Test
    void aFileThatIsNowhereIsNamedAsThePersonNamedIt() {
        Path nowhere = Path.of("ft-bench", "nowhere", "task.json");
        assertThat(wiring().missionFile(nowhere)).isEqualTo(nowhere.toAbsolutePath());
    }

    private Wiring wiring() {
        return new Wiring(root, root, _ -> new ScriptedStudies(), (_, _, _) -> {}, List.of(), () -> new Gemm(512, 100, null));
    }
}
