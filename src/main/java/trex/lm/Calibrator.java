package trex.lm;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.json.Json;
import trex.model.Precision;

/// Measures a machine once and keeps the result in `calibration.json`; measures again when the
/// processor, the number of threads or the library is another.
public final class Calibrator {
    private static final Logger LOG = LoggerFactory.getLogger(Calibrator.class);
    private static final String FILE = "calibration.json";
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final int ROUNDS = 6;
    private static final double SECONDS = 0.1;
    private static final double GLANCE = 0.02;

    /// A product small enough to end soon even at one GFLOP/s.
    private static final int SMALL = 256;

    private final Path file;
    private final ComputeDevice device;
    private final Supplier<String> hardware;

    /// Of the processor.
    ///
    /// @param home the program's home folder
    public Calibrator(Path home) {
        this(home.resolve(FILE), ComputeDevice.PROCESSOR, Calibrator::ofProcessor);
    }

    /// Of another device, whose calibration is kept in a file of its own.
    ///
    /// @param hardware tells the device from others that may have had its name before
    public static Calibrator of(Path home, ComputeDevice device, String hardware) {
        String name = device.name().toString().replace(":", "-");
        return new Calibrator(home.resolve(FILE.replace(".", "-" + name + ".")), device, () -> hardware);
    }

    private Calibrator(Path file, ComputeDevice device, Supplier<String> hardware) {
        this.file = file;
        this.device = device;
        this.hardware = hardware;
    }

    /// Whether a calibration is kept in the home folder.
    public static boolean hasRun(Path home) {
        return Files.exists(home.resolve(FILE));
    }

    /// The kept calibration of this machine, or a new one, which takes a second or two.
    public Calibration calibration() {
        String machine = machine(hardware);
        return kept().filter(c -> c.machine().equals(machine)).orElseGet(() -> {
            Calibration measured = measure(device, machine);
            keep(measured);
            return measured;
        });
    }

    private Optional<Calibration> kept() {
        try {
            return Files.exists(file)
                    ? Optional.of(Json.mapper().readValue(file.toFile(), Calibration.class))
                    : Optional.empty();
        } catch (IOException e) {
            LOG.warn("{} cannot be read and is measured anew", file, e);
            return Optional.empty();
        }
    }

    /// Measures the processor now, whatever was kept.
    public static Calibration measure() {
        return measure(ComputeDevice.PROCESSOR, machine(Calibrator::ofProcessor));
    }

    /// The best of several short, alternating trials: beside a
    /// busy neighbour each is slowed down at random, and the best of them least.
    private static Calibration measure(ComputeDevice device, String machine) {
        try (GemmRate gemm = new GemmRate(device)) {
            double fp32 = 0;
            double bf16 = 0;
            for (int round = 0; round < ROUNDS; round++) {
                fp32 = Math.max(fp32, gemm.measure(Precision.FP32, SMALL, SMALL, GLANCE));
                bf16 = Math.max(bf16, gemm.measure(Precision.BF16, SMALL, SMALL, GLANCE));
            }
            double direct = 0;
            boolean hopeless = bf16 < fp32 / 3; // a large product would take seconds
            for (int round = 0; round < ROUNDS; round++) {
                fp32 = Math.max(fp32, gemm.measure(Precision.FP32, SECONDS));
                direct = Math.max(direct, gemm.measureDirect(SECONDS));
                bf16 = hopeless ? bf16 : Math.max(bf16, gemm.measure(Precision.BF16, SECONDS));
            }
            return new Calibration(machine, fp32, bf16, direct);
        }
    }

    /// A calibration that cannot be kept is only measured again.
    private void keep(Calibration calibration) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path temporary = Files.createTempFile(file.toAbsolutePath().getParent(), "calibration", ".tmp");
            Files.writeString(temporary, json(calibration));
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("{} cannot be written", file, e);
        }
    }

    private static String json(Calibration calibration) throws JsonProcessingException {
        return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(calibration);
    }

    /// The engine first: it loads the library that is asked about the hardware.
    private static String machine(Supplier<String> hardware) {
        String version = Engine.getEngine("PyTorch").getVersion();
        String text = hardware.get() + "|" + version;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Asks the library, which must have been loaded.
    private static String ofProcessor() {
        return processor() + "|" + JniUtils.getNumThreads();
    }

    /// Model name and instruction sets where the system tells them.
    private static String processor() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name") || line.startsWith("flags"))
                    .limit(2)
                    .reduce(System.getProperty("os.arch"), String::concat);
        } catch (IOException e) {
            return System.getProperty("os.arch") + System.getProperty("os.version"); // not Linux
        }
    }
}
