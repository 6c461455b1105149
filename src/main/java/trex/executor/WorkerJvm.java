package trex.executor;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The Java command of every process that computes: the same Java, the same class path.
final class WorkerJvm {
    private WorkerJvm() {}

    /// The command up to the main class.
    static List<String> command(WorkerSettings settings, Path crashReport, Path log) {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + settings.heapMegabytes() + "m",
                "-Xms64m", // by itself a 64th of the machine's memory, all of it touched in time
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // most of the work is native: a third less time to start
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + crashReport,
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-Dai.djl.offline=true",
                "-Dtrex.log=" + log,
                "-cp", classPath());
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
