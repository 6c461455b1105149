package trex.bench.data;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import trex.data.BrokenData;
import trex.data.LineDeduplication;
import trex.json.Json;

/// Deduplicates a file in a process of its own, whose heap is limited, and prints the figures.
final class DedupeProcess {
    static final double SIMILARITY = 0.8;

    private final int[] found = new int[PlantedRows.Kind.values().length];

    private DedupeProcess() {}

    /// @param arguments source, copy, threads
    public static void main(String[] arguments) throws BrokenData, IOException, InterruptedException {
        System.out.println(Json.mapper().writeValueAsString(new DedupeProcess()
                .measure(Path.of(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[2]))));
    }

    private DedupeFigures measure(Path in, Path out, int threads) throws BrokenData, InterruptedException {
        long start = System.nanoTime();
        new LineDeduplication(SIMILARITY, threads).copy(in, "jsonl", out, this::judged);
        double seconds = (System.nanoTime() - start) / 1e9;
        double processor = ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / 1e9;
        return new DedupeFigures(seconds, processor, found[PlantedRows.Kind.EXACT.ordinal()],
                found[PlantedRows.Kind.NEAR.ordinal()], found[PlantedRows.Kind.ORIGINAL.ordinal()]);
    }

    private void judged(long line, LineDeduplication.Fate fate) {
        if (fate != LineDeduplication.Fate.KEPT) {
            found[PlantedRows.kind((int) line - 1).ordinal()]++;
        }
    }
}
