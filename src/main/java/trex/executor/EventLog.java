package trex.executor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.io.UncheckedIOException;
import trex.json.Json;
import trex.model.RunEvent;

/// Appends events to `metrics.jsonl`, one `write` a line, so that no reader sees two lines mixed.
final class EventLog implements Consumer<RunEvent>, AutoCloseable {
    private final FileChannel channel;

    EventLog(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /// @throws UncheckedIOException if the disk refuses
    @Override
    public synchronized void accept(RunEvent event) {
        try {
            ByteBuffer line = ByteBuffer.wrap(
                    (Json.mapper().writeValueAsString(event) + "\n").getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                channel.write(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.force(false);
        channel.close();
    }
}
