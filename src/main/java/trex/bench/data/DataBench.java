package trex.bench.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import trex.bench.Bench;
import trex.bench.BenchRow;
import trex.bench.MeasuringJvm;

/// A million rows of one kilobyte without their repeats, on two processors in less than 1 GB of heap.
public final class DataBench implements Bench {
    private static final int ROWS = 1_000_000;
    private static final int CHARACTERS = 1000;
    private static final int HEAP_MEGABYTES = 950;
    private static final int PROCESSORS = 2;
    private static final double MOST_SECONDS = 60;
    private static final MeasuringJvm JVM = new MeasuringJvm(
            List.of("-Xmx" + HEAP_MEGABYTES + "m", "-XX:+UseSerialGC", "-XX:ActiveProcessorCount=" + PROCESSORS), Map.of());

    private final int rows;

    public DataBench() {
        this(ROWS);
    }

    /// @param rows a multiple of ten
    DataBench(int rows) {
        this.rows = rows;
    }

    @Override
    public String name() {
        return "data";
    }

    @Override
    public String description() {
        return "Time and completeness of the removal of repeated rows from a million.";
    }

    @Override
    public List<BenchRow> run(Consumer<String> progress) throws Unmeasured, InterruptedException {
        try {
            Path folder = Files.createTempDirectory("trex-bench-data");
            Path source = folder.resolve("rows.jsonl");
            Path copy = folder.resolve("kept.jsonl");
            try {
                progress.accept(String.format(Locale.ROOT, "writing %,d rows to %s", rows, source));
                new PlantedRows(rows, CHARACTERS).write(source);
                double gigabytes = Files.size(source) / 1e9;
                progress.accept("removing the repeats");
                return table(JVM.run(DedupeFigures.class, DedupeProcess.class,
                        source.toString(), copy.toString(), Integer.toString(PROCESSORS)), gigabytes);
            } finally {
                Files.deleteIfExists(source);
                Files.deleteIfExists(copy);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new Unmeasured("The rows cannot be written or read: " + e.getMessage(), e);
        }
    }

    private List<BenchRow> table(DedupeFigures figures, double gigabytes) {
        double planted = rows / 10.0;
        String what = String.format(Locale.ROOT, "%,d rows, %.2f GB, 2 processors, heap at most %d MB", rows, gigabytes, HEAP_MEGABYTES);
        return List.of(
                BenchRow.of(what, figures.seconds(), "s").wantsAtMost(MOST_SECONDS * rows / ROWS),
                BenchRow.of("of that, processor time of the process", figures.processorSeconds(), "s"),
                BenchRow.of("exact repeats found of those planted", figures.exactFound() / planted, "").wantsAtLeast(1),
                BenchRow.of("near repeats found of those planted", figures.nearFound() / planted, "").wantsAtLeast(0.99),
                BenchRow.of("other rows removed", figures.wrong(), "rows").wantsAtMost(0));
    }
}
