package trex.lm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Native memory that one thing after another is written to, so that it is taken from the system
/// once: matrices that come and go between others that stay would leave holes behind (measured at
/// SmolLM2-135M: 190 MiB).
final class Scratch implements AutoCloseable {
    private Arena arena = Arena.ofShared();
    private MemorySegment room = MemorySegment.NULL;

    /// Room for so many fp32 numbers, which what is asked for next overwrites.
    MemorySegment of(long numbers) {
        long bytes = numbers * Float.BYTES;
        if (bytes > room.byteSize()) {
            arena.close();
            arena = Arena.ofShared();
            room = arena.allocate(bytes, Float.BYTES);
        }
        return room.asSlice(0, bytes);
    }

    @Override
    public void close() {
        arena.close();
    }
}
