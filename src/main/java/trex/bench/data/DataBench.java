package trex.bench.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import trex.bench.Bench;
import trex.bench.BenchRow;
import trex.json.Json;

/// A million rows of one kilobyte without their repeats, on two processors in less than 1 GB of heap.
public final class DataBench implements Bench {
    private static final int ROWS = 1_000_000;
    private static final int CHARACTERS = 1000;
    private static final int HEAP_MEGABYTES = 950;
    private static final int PROCESSORS = 2;
    private static final double MOST_SECONDS = 60;

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
                return table(measure(source, copy), gigabytes);
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

    private static DedupeFigures measure(Path source, Path copy) throws Unmeasured, IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HEAP_MEGABYTES + "m", "-XX:+UseSerialGC", "-XX:ActiveProcessorCount=" + PROCESSORS,
                        "-cp", System.getProperty("java.class.path"), DedupeProcess.class.getName(),
                        source.toString(), copy.toString(), Integer.toString(PROCESSORS))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = process.inputReader()) {
            String line = out.lines().reduce("", (_, last) -> last);
            int code = process.waitFor();
            if (code != 0) {
                throw new Unmeasured("The deduplicating process ended with code " + code + " in " + HEAP_MEGABYTES + " MB of heap.");
            }
            return Json.mapper().readValue(line, DedupeFigures.class);
        } catch (JsonProcessingException e) {
            throw new Unmeasured("the deduplicating process answered something else than its figures", e);
        } finally {
            process.destroy();
        }
    }
}
