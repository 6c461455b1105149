package trex.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import trex.json.Json;

/// Starts a Java process for one measurement, so that memory and time are its own. Its program prints
/// its figures as a line of JSON, the last it prints.
///
/// @param flags of the virtual machine
/// @param environment what is added to this process's own
public record MeasuringJvm(List<String> flags, Map<String, String> environment) {
    public MeasuringJvm {
        flags = List.copyOf(flags);
        environment = Map.copyOf(environment);
    }

    /// @throws Bench.Unmeasured where the process fails; the message says why
    public <T> T run(Class<T> figures, Class<?> program, String... arguments)
            throws Bench.Unmeasured, InterruptedException {
        String line = lastLine(program, arguments);
        try {
            return Json.mapper().readValue(line, figures);
        } catch (JsonProcessingException e) {
            throw new Bench.Unmeasured("the measuring process answered \"" + line + "\"", e);
        }
    }

    private String lastLine(Class<?> program, String... arguments) throws Bench.Unmeasured, InterruptedException {
        try {
            Path complaints = Files.createTempFile("trex-bench", ".log");
            try {
                return lastLine(command(program, arguments), complaints);
            } finally {
                Files.delete(complaints);
            }
        } catch (IOException e) {
            throw new Bench.Unmeasured("The measuring process cannot be started: " + e.getMessage(), e);
        }
    }

    private List<String> command(Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private String lastLine(List<String> command, Path complaints)
            throws Bench.Unmeasured, IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(complaints.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (BufferedReader out = process.inputReader()) {
            String last = out.lines().reduce("", (a, b) -> b);
            int code = process.waitFor();
            if (code != 0) {
                throw new Bench.Unmeasured("The measuring process ended with code " + code + ": "
                        + firstOf(Files.readAllLines(complaints)));
            }
            return last;
        } finally {
            process.destroyForcibly(); // a polite signal takes the library down beneath a computing thread
        }
    }

    private static String firstOf(List<String> complaints) {
        return complaints.stream()
                .filter(line -> line.startsWith("Exception") || line.startsWith("Caused by") || line.contains("Error"))
                .findFirst()
                .orElse("it gave no reason; is there enough memory?");
    }
}
