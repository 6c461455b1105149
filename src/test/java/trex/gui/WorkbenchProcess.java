package trex.gui;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The program as a process of its own, started as the launcher starts it, with a home folder of its
/// own.
final class WorkbenchProcess implements AutoCloseable {
    private final Path home;
    private final List<Process> started = new ArrayList<>();

    WorkbenchProcess(Path home) {
        this.home = home;
    }

    /// @param options of the virtual machine
    ProcessBuilder command(List<String> options, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"),
                "-Dtrex.log=" + home.resolve("trex.log"), "-Dprism.order=sw", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(options);
        command.add("trex.Main");
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out().toFile());
        builder.environment().put("TREX_HOME", home.toString());
        return builder;
    }

    Process start(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        started.add(process);
        return process;
    }

    /// What it wrote to the terminal, errors included.
    String output() throws IOException {
        return Files.readString(out()).strip();
    }

    String log() throws IOException {
        Path file = home.resolve("trex.log");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    /// Ends what is still there, workers included.
    @Override
    public void close() throws InterruptedException {
        for (Process process : started) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroyForcibly();
            process.waitFor(30, TimeUnit.SECONDS);
        }
    }

    private Path out() {
        return home.resolve("out.txt");
    }
}
