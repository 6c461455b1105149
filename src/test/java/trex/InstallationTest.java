package trex;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
    @TempDir Path folder;
    private Path root = Path.of("");

    @BeforeEach
    void layOutAPlaceWithASpaceInItsName() throws IOException {
        root = folder.resolve("a place");
        Files.createDirectories(root.resolve("assets"));
        Files.createDirectories(root.resolve("ft-bench"));
    }

    @Test
    void theFilesOfAnInstalledProgramLieBesideItsArchive() {
        assertThat(Installation.rootAbove(root.resolve("trex-workbench.jar"))).isEqualTo(root);
    }

    @Test
    void theFilesOfACheckoutLieAboveWhatWasBuilt() {
        assertThat(Installation.rootAbove(root.resolve("target/trex-workbench.jar"))).isEqualTo(root);
        assertThat(Installation.rootAbove(root.resolve("target/classes"))).isEqualTo(root);
    }

    @Test
    void anInstallationInsideAnotherFindsItsOwnFiles() throws IOException {
        Path inner = root.resolve("target/installers/trex-workbench/lib/app");
        Files.createDirectories(inner.resolve("assets"));
        Files.createDirectories(inner.resolve("ft-bench"));
        assertThat(Installation.rootAbove(inner.resolve("trex-workbench.jar"))).isEqualTo(inner);
    }

    @Test
    void anArchiveWithoutItsFilesIsItsOwnPlace() throws IOException {
        Path lost = Files.createDirectories(folder.resolve("lost"));
        assertThat(Installation.rootAbove(lost.resolve("trex-workbench.jar"))).isEqualTo(lost);
    }

    @Test
    void theHomeFolderIsTheOneOfTheEnvironmentOrElseThePersons() {
        assertThat(Installation.home(Map.of("TREX_HOME", "/srv/trex"), folder)).isEqualTo(Path.of("/srv/trex"));
        assertThat(Installation.home(Map.of("TREX_HOME", " "), folder)).isEqualTo(folder.resolve(".local/share/trex"));
        assertThat(Installation.home(Map.of(), folder)).isEqualTo(folder.resolve(".local/share/trex"));
    }

    @Test
    void theLogLiesInTheHomeFolder() {
        assertThat(new Installation(root, folder).log()).isEqualTo(folder.resolve("logs/trex.log"));
    }

    @Test
    void thisProgramFindsItsFilesWhereverItIsStarted() {
        assertThat(Installation.here().root().resolve("ft-bench/dates/task.json")).isRegularFile();
        assertThat(Installation.here().root().resolve("assets/nano/config.json")).isRegularFile();
    }
}
