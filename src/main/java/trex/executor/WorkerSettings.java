package trex.executor;

import java.util.Map;

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

    /// All processors, on a machine that is shared unless `TREX_DEDICATED` is `true`.
    public static WorkerSettings ofThisMachine() {
        return of(System.getenv(), Runtime.getRuntime().availableProcessors());
    }

    static WorkerSettings of(Map<String, String> environment, int processors) {
        return new WorkerSettings(processors, Boolean.parseBoolean(environment.get("TREX_DEDICATED")), HEAP_MEGABYTES);
    }
}
