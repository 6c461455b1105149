package trex.executor;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.json.Json;
import trex.model.RunEvent;

/// Reads a growing file of events. Only whole lines count: what stands behind the last line break
/// is still being written, or was cut off for ever.
///
/// Polled, because a watch service sees nothing on network disks and is no faster than a person.
final class EventTail {
    private static final Logger LOG = LoggerFactory.getLogger(EventTail.class);

    private final Path file;
    private long offset;

    EventTail(Path file) {
        this.file = file;
    }

    /// The events that were completed since the last call.
    List<RunEvent> poll() throws IOException {
        byte[] fresh = readFresh();
        int end = lastLineBreak(fresh);
        List<RunEvent> events = new ArrayList<>();
        if (end < 0) {
            return events;
        }
        offset += end + 1L;
        new String(fresh, 0, end, StandardCharsets.UTF_8).lines().forEach(line -> parse(line, events));
        return events;
    }

    private byte[] readFresh() throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long size = channel.size();
            if (size <= offset) {
                return new byte[0];
            }
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(size - offset));
            channel.position(offset);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // until all that was there at the look is read
            }
            return bytes.hasRemaining() ? java.util.Arrays.copyOf(bytes.array(), bytes.position()) : bytes.array();
        } catch (NoSuchFileException e) {
            return new byte[0]; // the worker has not said anything yet
        }
    }

    private void parse(String line, List<RunEvent> events) {
        try {
            events.add(Json.mapper().readValue(line, RunEvent.class));
        } catch (JsonProcessingException e) {
            LOG.warn("skipped an unreadable line of {}: {}", file, e.getOriginalMessage());
        }
    }

    private static int lastLineBreak(byte[] bytes) {
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
