package trex.gui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/// The real demo study in the real window. Its picture is the one that the readme shows: with
/// `-Dtrex.picture=src/site/resources/images/workbench.png` it is written there. `-Dtrex.task` names
/// another task of `ft-bench`.
@ScreenTest
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class DemoWindowTest {
    private static final int LIMIT_MINUTES = 15;

    @TempDir Path home;

    @Test
    void theDemoRunsInTheWindowAndTheWindowSurvivesItsOwnWorkers(FxRobot robot) throws Exception {
        Path picture = Path.of(System.getProperty("trex.picture", "target/screenshots/demo.png")).toAbsolutePath();
        Files.deleteIfExists(picture);
        try (WorkbenchProcess program = new WorkbenchProcess(home)) {
            Process workbench = program.start(program.command(List.of("-Dtrex.screenshot=" + picture), "demo",
                    "--task", System.getProperty("trex.task", "dates")));
            WaitForAsyncUtils.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES, () -> Files.exists(picture) || !workbench.isAlive());
            assertThat(picture).isNotEmptyFile();
            WaitForAsyncUtils.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES, this::isReported);
            robot.moveTo(400, 300).press(KeyCode.CONTROL, KeyCode.Q).release(KeyCode.Q, KeyCode.CONTROL);
            assertThat(workbench.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(workbench.exitValue()).as(program.output()).isZero();
            assertThat(program.output()).contains("baseline").contains("best").contains("report");
        }
    }

    /// The report is written when the study has ended.
    private boolean isReported() throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve("studies"), 2)) {
            return files.anyMatch(f -> f.endsWith("report.html"));
        }
    }
}
