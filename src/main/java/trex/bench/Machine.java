package trex.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The machine that a benchmark ran on.
///
/// @param processor model name of the processor, or its architecture where the system does not tell
/// @param cores processors that this process may use
/// @param memoryBytes physical memory, or 0 where the system does not tell
/// @param system operating system with its version
/// @param java version of the running Java
/// @param gemm measured rate of matrix products; null where the benchmark needs none
public record Machine(
        String processor, int cores, long memoryBytes, String system, String java, @Nullable Gemm gemm) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final Path MEMORY_INFO = Path.of("/proc/meminfo");

    public static Machine here(@Nullable Gemm gemm) {
        return new Machine(
                field(CPU_INFO, "model name", System.getProperty("os.arch", "unknown")),
                Runtime.getRuntime().availableProcessors(),
                memory(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                Runtime.version().toString(),
                gemm);
    }

    private static long memory() {
        String kibibytes = field(MEMORY_INFO, "MemTotal", "0 kB").replace("kB", "").strip();
        return Long.parseLong(kibibytes) * 1024;
    }

    private static String field(Path file, String name, String otherwise) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name) && line.contains(":"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            return otherwise; // not Linux: the description is a courtesy
        }
    }
}
