package trex.gui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/// How the program begins and ends where it opens its window, and where it cannot.
@ScreenTest
@EnabledOnOs(OS.LINUX)
class WorkbenchProcessTest {
    private static final int LIMIT_SECONDS = 120;

    @TempDir Path home;

    @SuppressWarnings("NullAway.Init") // set before each test
    private WorkbenchProcess program;

    @BeforeEach
    void prepare() {
        program = new WorkbenchProcess(home);
    }

    @AfterEach
    void end() throws InterruptedException {
        program.close();
    }

    @Test
    void theWindowOpensWithoutThePyTorchLibraryAndLeavesNoProcessBehind(FxRobot robot) throws Exception {
        Process workbench = program.start(program.command(List.of(), "window"));
        WaitForAsyncUtils.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS, () -> program.log().contains("first window"));
        List<String> maps = Files.readAllLines(Path.of("/proc", Long.toString(workbench.pid()), "maps"));
        assertThat(maps).anyMatch(line -> line.contains("libglass")); // the window's own libraries are mapped
        assertThat(maps).noneMatch(line -> line.contains("torch") && line.contains(".so"));
        robot.moveTo(400, 300).press(KeyCode.CONTROL, KeyCode.Q).release(KeyCode.Q, KeyCode.CONTROL);
        assertThat(workbench.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(workbench.exitValue()).as(program.output()).isZero();
        assertThat(workbench.descendants()).isEmpty();
        assertThat(program.output()).isEmpty();
    }

    @Test
    void withoutADisplayOneSentenceSaysSo() throws Exception {
        ProcessBuilder command = program.command(List.of(), "window");
        command.environment().keySet().removeAll(List.of("DISPLAY", "WAYLAND_DISPLAY"));
        assertThat(status(command)).isNotZero();
        assertThat(program.output()).hasLineCount(1).contains("no display");
    }

    @Test
    void aDisplayThatCannotBeOpenedIsOneSentence() throws Exception {
        ProcessBuilder command = program.command(List.of(), "window");
        command.environment().remove("WAYLAND_DISPLAY");
        command.environment().put("DISPLAY", ":987");
        assertThat(status(command)).isNotZero();
        assertThat(program.output().lines().toList()).last().asString()
                .contains("window cannot be opened").contains(":987").contains("--headless");
    }

    private int status(ProcessBuilder command) throws Exception {
        Process process = program.start(command);
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
