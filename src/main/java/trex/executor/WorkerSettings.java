package trex.executor;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How workers use the machine.
///
/// @param threads threads of the numeric library, at least 1
/// @param dedicated whether the machine has nothing else to do: idle threads then spin instead of
///     sleeping, which gains about a quarter on a quiet machine and costs a factor of twenty beside
///     a busy neighbour (measured)
/// @param heapMegabytes limit of the Java heap; weights and activations lie outside of it
public record WorkerSettings(int threads, boolean dedicated, int heapMegabytes) {
    private static final int HEAP_MEGABYTES = 768;

    public WorkerSettings {
        if (threads < 1) {
            throw new IllegalArgumentException("worker: threads must be at least 1, got " + threads);
        }
        if (heapMegabytes < 64) {
            throw new IllegalArgumentException("worker: heap must be at least 64 MiB, got " + heapMegabytes);
        }
    }

    /// As the person's own `OMP_NUM_THREADS` and `OMP_WAIT_POLICY` say; without them all processors,
    /// on a machine that is shared unless `TREX_DEDICATED` is `true`.
    public static WorkerSettings ofThisMachine() {
        return of(System.getenv(), Runtime.getRuntime().availableProcessors());
    }

    static WorkerSettings of(Map<String, String> environment, int processors) {
        String waiting = environment.get("OMP_WAIT_POLICY");
        boolean dedicated = waiting == null
                ? Boolean.parseBoolean(environment.get("TREX_DEDICATED"))
                : waiting.strip().equalsIgnoreCase("active");
        return new WorkerSettings(threads(environment.get("OMP_NUM_THREADS"), processors), dedicated, HEAP_MEGABYTES);
    }

    /// OpenMP allows a list with a number for each level of nesting; the first is the outermost.
    private static int threads(@Nullable String wanted, int processors) {
        return wanted != null && wanted.strip().matches("[1-9]\\d{0,3}(\\s*,.*)?")
                ? Integer.parseInt(wanted.strip().split("\\s*,", 2)[0])
                : processors;
    }
}
