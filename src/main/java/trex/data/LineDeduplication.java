package trex.data;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import trex.data.operator.NearIndex;
import trex.data.operator.Sketch;

/// Copies files of one row a line without the rows that repeat an earlier one, or nearly do. Reads
/// and writes as a stream: memory holds about 350 bytes a kept row, not the rows.
///
/// Whether two rows are near duplicates is estimated from their signatures (standard error at most
/// 0.045), unlike in a recipe's operator, which counts.
public final class LineDeduplication {
    /// The formats that have one row a line.
    public static final List<String> FORMATS = List.of("jsonl", "tsv", "txt");

    private static final int CHUNK = 1000;

    private final double similarity;
    private final int threads;

    /// @param similarity from which on rows are near duplicates, above 0, at most 1; 0 looks for exact ones only
    /// @param threads that read lines; one more decides
    public LineDeduplication(double similarity, int threads) {
        if (!(similarity >= 0 && similarity <= 1)) {
            throw new IllegalArgumentException("deduplication: similarity must be 0..1, got " + similarity);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("deduplication: threads must be at least 1, got " + threads);
        }
        this.similarity = similarity;
        this.threads = threads;
    }

    /// What became of a line.
    public enum Fate {
        KEPT,
        EXACT_REPEAT,
        NEAR_REPEAT
    }

    /// Hears of every row in the file's order.
    @FunctionalInterface
    public interface Listener {
        /// @param line 1-based
        void judged(long line, Fate fate);
    }

    /// Numbers of rows.
    public record Counts(long read, long exactRepeats, long nearRepeats) {
        public long kept() {
            return read - exactRepeats - nearRepeats;
        }
    }

    /// @param format one of [#FORMATS]; a tsv's header line is copied
    /// @param out written whole or not at all
    /// @throws BrokenData for a file that is missing, not UTF-8, or has a line that is no row
    public Counts copy(Path in, String format, Path out, Listener listener) throws BrokenData, InterruptedException {
        Path part = out.resolveSibling(out.getFileName() + ".part");
        try {
            try {
                return copy(in, format, part, out, listener);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (NoSuchFileException e) {
            throw new BrokenData(e.getFile() + " is not there", e);
        } catch (CharacterCodingException e) {
            throw new BrokenData(in + " is no UTF-8 text: save it as UTF-8", e);
        } catch (IOException e) {
            throw new BrokenData(in + " cannot be copied to " + out + ": " + e.getMessage(), e);
        }
    }

    private Counts copy(Path in, String format, Path part, Path out, Listener listener)
            throws BrokenData, IOException, InterruptedException {
        LineText texts = new LineText(String.valueOf(in.getFileName()), format.equals("jsonl"));
        try (BufferedReader reader = Utf8.open(in);
                BufferedWriter writer = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
            Counts counts = new Copy(reader, writer, texts, listener).whole(format.equals("tsv"));
            writer.close();
            Files.move(part, out, StandardCopyOption.REPLACE_EXISTING);
            return counts;
        }
    }

    /// Rows beside what they are compared by.
    ///
    /// @param signatures empty where only exact repeats are looked for
    private record Chunk(List<String> rows, List<Mark> marks, List<byte[]> signatures) {}

    private record Mark(long line, long hash) {}

    /// One file on its way.
    private final class Copy {
        private final BufferedReader reader;
        private final BufferedWriter writer;
        private final LineText texts;
        private final Listener listener;
        private final HashedTexts seen = new HashedTexts();
        private final NearIndex index = new NearIndex(similarity == 0 ? 1 : similarity);
        private long line;
        private long read;
        private long exact;
        private long near;

        Copy(BufferedReader reader, BufferedWriter writer, LineText texts, Listener listener) {
            this.reader = reader;
            this.writer = writer;
            this.texts = texts;
            this.listener = listener;
        }

        Counts whole(boolean header) throws BrokenData, IOException, InterruptedException {
            if (header) {
                write(String.valueOf(reader.readLine()));
                line++;
            }
            ExecutorService marking = Executors.newFixedThreadPool(threads, Thread.ofPlatform().name("rows-", 0).factory());
            try {
                Deque<Future<Chunk>> under = new ArrayDeque<>();
                for (List<String> lines = next(); !lines.isEmpty(); lines = next()) {
                    under.add(marking.submit(marked(lines, line - lines.size())));
                    if (under.size() > 2 * threads) {
                        decide(under.remove());
                    }
                }
                while (!under.isEmpty()) {
                    decide(under.remove());
                }
            } finally {
                marking.shutdownNow();
            }
            return new Counts(read, exact, near);
        }

        private List<String> next() throws IOException {
            List<String> lines = new ArrayList<>(CHUNK);
            while (lines.size() < CHUNK) {
                String next = reader.readLine();
                if (next == null) {
                    break;
                }
                lines.add(next);
                line++;
            }
            return lines;
        }

        private Callable<Chunk> marked(List<String> lines, long before) {
            return () -> {
                List<String> rows = new ArrayList<>(lines.size());
                List<Mark> marks = new ArrayList<>(lines.size());
                List<byte[]> signatures = new ArrayList<>(lines.size());
                for (int i = 0; i < lines.size(); i++) {
                    if (!lines.get(i).isBlank()) {
                        String text = texts.of(lines.get(i), before + i + 1);
                        rows.add(lines.get(i));
                        marks.add(new Mark(before + i + 1, HashedTexts.hash(text)));
                        if (similarity > 0) {
                            signatures.add(Sketch.of(text));
                        }
                    }
                }
                return new Chunk(rows, marks, signatures);
            };
        }

        private void decide(Future<Chunk> marked) throws BrokenData, IOException, InterruptedException {
            Chunk chunk;
            try {
                chunk = marked.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof BrokenData broken) {
                    throw new BrokenData(String.valueOf(broken.getMessage()), broken);
                }
                throw new IllegalStateException("marking rows", e);
            }
            for (int i = 0; i < chunk.rows.size(); i++) {
                Fate fate = fate(chunk, i);
                if (fate == Fate.KEPT) {
                    write(chunk.rows.get(i));
                }
                listener.judged(chunk.marks.get(i).line, fate);
            }
        }

        private Fate fate(Chunk chunk, int row) {
            read++;
            if (!seen.add(chunk.marks.get(row).hash)) {
                exact++;
                return Fate.EXACT_REPEAT;
            }
            if (similarity == 0) {
                return Fate.KEPT;
            }
            byte[] signature = chunk.signatures.get(row);
            if (index.anyNear(signature)) {
                near++;
                return Fate.NEAR_REPEAT;
            }
            index.add(signature);
            return Fate.KEPT;
        }

        private void write(String row) throws IOException {
            writer.write(row);
            writer.write('\n');
        }
    }
}
