package trex.gui.dialog;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.loop.Studies;

/// Does work that may touch the disk off the screen's thread and brings its result back. This is
/// the screen's outer edge for faults: each becomes one sentence.
public final class Background {
    private static final Logger LOG = LoggerFactory.getLogger(Background.class);

    private final Executor workers;
    private final Executor screen;
    private final Consumer<String> faults;

    /// @param screen runs what it is given on the screen's thread
    /// @param faults shows a sentence; called on the screen's thread
    public Background(Executor workers, Executor screen, Consumer<String> faults) {
        this.workers = workers;
        this.screen = screen;
        this.faults = faults;
    }

    public <T> void call(Callable<T> work, Consumer<T> then) {
        call(work, then, faults);
    }

    /// @param refused shows the sentence of a failure instead of the usual dialog
    public <T> void call(Callable<T> work, Consumer<T> then, Consumer<String> refused) {
        workers.execute(() -> carryOut(work, then, refused));
    }

    /// Work that may be called off: then it is interrupted, and nobody hears of it any more. Call it off
    /// on the screen's thread.
    public <T> Runnable begin(Callable<T> work, Consumer<T> then, Consumer<String> refused) {
        AtomicBoolean off = new AtomicBoolean();
        FutureTask<@Nullable Void> task = new FutureTask<>(
                () -> carryOut(work, unless(off, then), unless(off, refused)), null);
        workers.execute(task);
        return () -> {
            off.set(true);
            task.cancel(true);
        };
    }

    private static <T> Consumer<T> unless(AtomicBoolean off, Consumer<T> then) {
        return result -> {
            if (!off.get()) {
                then.accept(result);
            }
        };
    }

    private <T> void carryOut(Callable<T> work, Consumer<T> then, Consumer<String> refused) {
        try {
            T result = work.call();
            screen.execute(() -> then.accept(result));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception | Error e) {
            String sentence = sentence(e);
            screen.execute(() -> refused.accept(sentence));
        }
    }

    /// Does something on the screen's thread.
    public void show(Runnable change) {
        screen.execute(change);
    }

    public void run(Work work) {
        call(() -> {
            work.run();
            return true;
        }, _ -> { });
    }

    private static String sentence(Throwable e) {
        if (!(e instanceof Studies.Refused)) {
            LOG.error("work for the screen failed", e);
        }
        String message = e.getMessage();
        if (e instanceof OutOfMemoryError) {
            return "This needs more memory than the program has (" + message + ").";
        }
        return message == null || message.isBlank() ? "This failed: " + e.getClass().getSimpleName() + "." : message;
    }

    /// Work without a result.
    @FunctionalInterface
    public interface Work {
        void run() throws Studies.Refused, InterruptedException;
    }
}
