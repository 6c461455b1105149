package trex.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// The lines a person types, readable with a time limit. Reading starts at the first question, so
/// that a program which asks nothing takes nothing from its input.
final class TypedLines {
    private final BufferedReader input;
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile boolean ended;

    TypedLines(BufferedReader input) {
        this.input = input;
    }

    /// The next line, or empty when none came within `wait` or none will ever come.
    Optional<String> next(Duration wait) throws InterruptedException {
        if (reading.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("typed-lines").start(this::read);
        }
        Optional<String> line = lines.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
        return line == null ? Optional.empty() : line;
    }

    /// The next line, however long it takes, or empty when none will ever come.
    Optional<String> line() throws InterruptedException {
        Optional<String> line = next(Duration.ofSeconds(1));
        while (line.isEmpty() && !ended()) {
            line = next(Duration.ofSeconds(1));
        }
        return line;
    }

    /// Whether the input has ended and all its lines were taken.
    boolean ended() {
        return ended && lines.stream().noneMatch(Optional::isPresent);
    }

    private void read() {
        try {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                lines.add(Optional.of(line));
            }
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(TypedLines.class).warn("reading the person's answers", e);
        } finally {
            ended = true;
            lines.add(Optional.empty()); // wakes whoever waits
        }
    }
}
