package trex.executor;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Starts a worker's process for an attempt: the same Java, the same class path, below a shell
/// script of a few lines that outlives this process and writes `exit.json`. The decision record
/// `0010-a-shell-script-launches-the-worker.md` says why a script.
final class WorkerCommand {
    private static final Path SHELL = Path.of("/bin/sh");
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final String SCRIPT = script();

    private final Path home;
    private final WorkerSettings settings;
    private final String mainClass;
    private final boolean shell;

    WorkerCommand(Path home, WorkerSettings settings) {
        this(home, settings, Worker.class.getName(), Files.isExecutable(SHELL));
    }

    /// @param mainClass the class to run instead of [Worker]
    /// @param shell whether the script launches it; else this process does, and sees its end
    WorkerCommand(Path home, WorkerSettings settings, String mainClass, boolean shell) {
        this.home = home;
        this.settings = settings;
        this.mainClass = mainClass;
        this.shell = shell;
    }

    /// Starts the worker. Its output goes to files: it must never hang on a pipe whose reader died.
    void start(JobFolder job, Attempt attempt) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(job, attempt))
                .directory(attempt.folder().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File(shell ? "/dev/null" : nullDevice())))
                .redirectOutput(attempt.stdout().toFile())
                .redirectError(attempt.stderr().toFile());
        WorkerEnvironment.apply(builder.environment(), home, settings, job.request().devices());
        Process process = builder.start();
        if (!shell) {
            process.onExit().thenAccept(ended -> noteExit(attempt, ended.exitValue()));
        }
    }

    List<String> command(JobFolder job, Attempt attempt) {
        List<String> command = new ArrayList<>();
        if (shell) {
            if (Files.isExecutable(SETSID)) {
                command.add(SETSID.toString()); // a signal to the workbench's terminal is not for it
            }
            command.addAll(List.of(SHELL.toString(), "-c", SCRIPT, "trex-worker"));
        }
        command.addAll(WorkerJvm.command(settings, attempt.crashReport(), attempt.log()));
        command.addAll(List.of(mainClass, job.path().toString(), Integer.toString(attempt.number())));
        if (!shell) {
            command.add(Long.toString(ProcessHandle.current().pid()));
        }
        return command;
    }

    private static String nullDevice() {
        return File.separatorChar == '\\' ? "NUL" : "/dev/null";
    }

    private static void noteExit(Attempt attempt, int code) {
        try {
            attempt.exit(new Exit(code));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String script() {
        try (InputStream in = Objects.requireNonNull(
                WorkerCommand.class.getResourceAsStream("launch.sh"), "launch.sh is not on the class path")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
