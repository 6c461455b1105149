package trex.executor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks NVIDIA's driver for its graphics processors, by the program `nvidia-smi` that comes with it: to
/// know them, no process has to load the numeric library.
final class NvidiaSmi {
    private static final Logger LOG = LoggerFactory.getLogger(NvidiaSmi.class);
    private static final List<String> QUESTION = List.of(
            "--query-gpu=index,uuid,name,memory.total,memory.free,driver_version", "--format=csv,noheader,nounits");
    private static final int SECONDS = 20;
    private static final long MEBIBYTE = 1 << 20;

    private final String program;
    private final @Nullable String visible;

    /// @param program `nvidia-smi`, or where it is
    /// @param visible the variable `CUDA_VISIBLE_DEVICES`, which hides and renumbers; null for all
    NvidiaSmi(String program, @Nullable String visible) {
        this.program = program;
        this.visible = visible;
    }

    /// One line of the answer: the graphics processor under its number, before anything is hidden.
    private record Line(Gpu gpu, String uuid) {
        static Line of(String text) {
            String[] fields = text.split(",\\s*", -1);
            return new Line(new Gpu(Integer.parseInt(fields[0].strip()), fields[2], mebibytes(fields[3]),
                    mebibytes(fields[4]), fields[5].strip()), fields[1]);
        }

        /// Where memory is shared with the processor the driver says `[N/A]`.
        private static long mebibytes(String text) {
            return text.strip().matches("\\d+") ? Long.parseLong(text.strip()) * MEBIBYTE : 0;
        }
    }

    /// All that a worker would see, in the order of their numbers; none without a driver.
    List<Gpu> gpus() {
        List<Line> lines = answer().lines().filter(line -> line.matches("\\s*\\d+\\s*,.*")).map(Line::of).toList();
        return visible == null ? lines.stream().map(Line::gpu).toList() : visible(lines, visible);
    }

    /// As CUDA reads it: up to the first name that nothing has.
    private static List<Gpu> visible(List<Line> lines, String names) {
        List<Gpu> seen = new ArrayList<>();
        for (String name : Arrays.stream(names.split(",")).map(String::strip).toList()) {
            Line line = lines.stream()
                    .filter(l -> name.equals(Integer.toString(l.gpu.index())) || !name.isEmpty() && l.uuid.startsWith(name))
                    .findFirst().orElse(null);
            if (line == null) {
                break;
            }
            Gpu gpu = line.gpu;
            seen.add(new Gpu(seen.size(), gpu.name(), gpu.memory(), gpu.free(), gpu.driver()));
        }
        return seen;
    }

    /// Empty where there is no driver, or where it does not answer.
    private String answer() {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(QUESTION);
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            try {
                if (process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                }
                LOG.warn("{} did not answer in {} s", program, SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            LOG.debug("no {}", program, e);
        }
        return "";
    }
}
