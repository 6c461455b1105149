package trex.bench.step;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import trex.bench.Bench;

/// A Java process for one measurement, so that peaks of memory are its own and this process never
/// loads libtorch.
final class ChildJvm {
    private ChildJvm() {}

    /// @return the last line that the process printed
    static String run(Class<?> program, String... arguments) throws Bench.Unmeasured, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("OPT_OUT_TRACKING", "true");
        builder.environment().put("DJL_OFFLINE", "true");
        builder.environment().putIfAbsent("OMP_WAIT_POLICY", "passive");
        try {
            Process process = builder.start();
            try (BufferedReader out = process.inputReader()) {
                String last = out.lines().reduce("", (a, b) -> b);
                int code = process.waitFor();
                if (code != 0) {
                    throw new Bench.Unmeasured("the measuring process " + String.join(" ", arguments)
                            + " ended with code " + code + "; is there enough memory for it?");
                }
                return last;
            } finally {
                process.destroy();
            }
        } catch (IOException e) {
            throw new Bench.Unmeasured("the measuring process cannot be started", e);
        }
    }
}
