package trex.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Ctrl+C, and a polite kill: runs the action of the moment, then waits until the command has
/// closed everything. Java ends with 130 (or 143) by itself then.
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final AtomicReference<@Nullable Runnable> action = new AtomicReference<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::signalled, "interruption");
    private volatile boolean happened;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// What an interruption does from now on.
    void does(Runnable changed) {
        action.set(changed);
    }

    boolean happened() {
        return happened;
    }

    private void signalled() {
        Runnable now = action.get();
        if (now == null) {
            return;
        }
        happened = true;
        now.run();
        try {
            closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        if (!happened) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                happened = true; // the signal came in this very moment; there is nothing left to stop
            }
        }
    }
}
