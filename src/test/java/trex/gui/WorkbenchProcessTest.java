package trex.gui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/// The program as a process of its own, started as the launcher starts it and closed by its shortcut.
@ScreenTest
@EnabledOnOs(OS.LINUX)
class WorkbenchProcessTest {
    private static final int LIMIT_SECONDS = 120;

    @TempDir Path home;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void theWindowOpensWithoutThePyTorchLibraryAndLeavesNoProcessBehind(FxRobot robot) throws Exception {
        Process workbench = start("window");
        await(() -> log().contains("first window"));
        List<String> maps = Files.readAllLines(Path.of("/proc", Long.toString(workbench.pid()), "maps"));
        assertThat(maps).anyMatch(line -> line.contains("libglass")); // the window's own libraries are mapped
        assertThat(maps).noneMatch(line -> line.contains("torch") && line.contains(".so"));
        robot.moveTo(400, 300).press(KeyCode.CONTROL, KeyCode.Q).release(KeyCode.Q, KeyCode.CONTROL);
        assertThat(workbench.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(workbench.exitValue()).as(output()).isZero();
        assertThat(workbench.descendants()).isEmpty();
        assertThat(output()).isEmpty();
    }

    @Test
    void withoutADisplayOneSentenceSaysSo() throws Exception {
        ProcessBuilder builder = command("window");
        builder.environment().keySet().removeAll(List.of("DISPLAY", "WAYLAND_DISPLAY"));
        assertThat(run(builder)).isNotZero();
        assertThat(output()).hasLineCount(1).contains("no display");
    }

    @Test
    void aDisplayThatCannotBeOpenedIsOneSentence() throws Exception {
        ProcessBuilder builder = command("window");
        builder.environment().remove("WAYLAND_DISPLAY");
        builder.environment().put("DISPLAY", ":987");
        assertThat(run(builder)).isNotZero();
        assertThat(output().lines().toList()).last().asString()
                .contains("window cannot be opened").contains(":987").contains("--headless");
    }

    private int run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.start();
        started.add(process);
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private Process start(String... arguments) throws IOException {
        Process process = command(arguments).start();
        started.add(process);
        return process;
    }

    private ProcessBuilder command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), "-Dtrex.root=" + Path.of("").toAbsolutePath(),
                "-Dtrex.log=" + home.resolve("trex.log"), "-Dprism.order=sw", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "trex.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out());
        builder.environment().put("TREX_HOME", home.toString());
        return builder;
    }

    private File out() {
        return home.resolve("out.txt").toFile();
    }

    private String output() throws IOException {
        return Files.readString(out().toPath()).strip();
    }

    private String log() throws IOException {
        Path file = home.resolve("trex.log");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        WaitForAsyncUtils.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS, condition);
    }
}
