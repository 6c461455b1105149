package trex.executor;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What was paid to a language model for a run's rows, noted answer by answer: a workbench that is
/// killed while it asks must not forget it. Thread-safe.
final class AskingLog {
    private static final Pattern LINE = Pattern.compile("(\\d{1,18}) tokens, (\\d{1,18}) ms");
    private static final int NANOS_A_MILLI = 1_000_000;

    private final Path file;
    private long tokens;
    private long millis;
    private long since = System.nanoTime();

    /// With what was noted before; a last line that was not written to its end does not count. The
    /// seconds of the next note count from now on.
    AskingLog(JobFolder job) throws IOException {
        file = job.path().resolve("asked.log");
        if (Files.exists(file)) {
            Files.readAllLines(file, StandardCharsets.US_ASCII).stream().map(LINE::matcher).filter(Matcher::matches)
                    .forEach(note -> count(Long.parseLong(note.group(1)), Long.parseLong(note.group(2))));
        }
    }

    private void count(long moreTokens, long moreMillis) {
        tokens += moreTokens;
        millis += moreMillis;
    }

    /// @param tokens of questions and answers
    record Paid(long tokens, double seconds) {}

    /// Adds tokens that were paid, and the time since the last note. Not by a channel: those are closed by interruptions.
    synchronized void add(long paid) throws IOException {
        long taken = (System.nanoTime() - since) / NANOS_A_MILLI;
        since += taken * NANOS_A_MILLI;
        try (OutputStream out = new FileOutputStream(file.toFile(), true)) {
            out.write(("\n" + paid + " tokens, " + taken + " ms") // behind a line that may have been cut off
                    .getBytes(StandardCharsets.US_ASCII));
        }
        count(paid, taken);
    }

    /// All that was noted so far.
    synchronized Paid paid() {
        return new Paid(tokens, millis / 1000.0);
    }
}
