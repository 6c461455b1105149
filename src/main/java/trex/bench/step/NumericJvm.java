package trex.bench.step;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import trex.bench.MeasuringJvm;
import trex.lm.NativeLibrary;

/// How a process is started that loads the numeric library, which this process never does.
public final class NumericJvm {
    private static final List<String> FLAGS = List.of(
            "-Xmx256m",
            "-Xms64m", // by itself a 64th of the machine's memory, all of it touched in time
            "-Xmn16m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-Dai.djl.offline=true");

    private NumericJvm() {}

    /// @param home the program's home folder, which keeps the unpacked numeric library
    public static MeasuringJvm in(Path home) {
        Map<String, String> environment = new HashMap<>();
        environment.put("OMP_WAIT_POLICY", System.getenv().getOrDefault("OMP_WAIT_POLICY", "passive"));
        NativeLibrary.apply(environment, home);
        return new MeasuringJvm(FLAGS, environment);
    }
}
