package trex.bench.step;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import trex.bench.Bench;
import trex.lm.NativeLibrary;

/// A Java process for one measurement, so that peaks of memory are its own and this process never
/// loads libtorch.
final class ChildJvm {
    private final Path home;

    /// @param home the program's home folder, which keeps the unpacked numeric library
    ChildJvm(Path home) {
        this.home = home;
    }

    /// @return the last line that the process printed
    String run(Class<?> program, String... arguments) throws Bench.Unmeasured, InterruptedException {
        try {
            Path complaints = Files.createTempFile("trex-bench", ".log");
            try {
                return run(command(program, arguments), complaints);
            } finally {
                Files.delete(complaints);
            }
        } catch (IOException e) {
            throw new Bench.Unmeasured("The measuring process cannot be started: " + e.getMessage(), e);
        }
    }

    private static List<String> command(Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Xms64m", // by itself a 64th of the machine's memory, all of it touched in time
                "-Xmn16m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private String run(List<String> command, Path complaints)
            throws Bench.Unmeasured, IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(complaints.toFile());
        builder.environment().put("OPT_OUT_TRACKING", "true");
        builder.environment().put("DJL_OFFLINE", "true");
        builder.environment().put("DJL_CACHE_DIR", home.resolve("cache").resolve("djl").toString());
        NativeLibrary.limitCaches(builder.environment());
        builder.environment().putIfAbsent("OMP_WAIT_POLICY", "passive");
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
