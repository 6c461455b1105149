package trex.lm.io;

import java.lang.foreign.Arena;

/// The mapping of a model's files while they are checked: released again unless all is well.
final class Opening implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private boolean done;

    Arena arena() {
        return arena;
    }

    /// Hands the mapping over to what was opened.
    <T> T done(T opened) {
        done = true;
        return opened;
    }

    @Override
    public void close() {
        if (!done) {
            arena.close();
        }
    }
}
