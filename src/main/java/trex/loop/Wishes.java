package trex.loop;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the person wants of a study that goes on, and what has to be nudged for it. Thread-safe.
final class Wishes {
    /// How the loop shall end. A later constant outweighs an earlier one.
    enum Ending {
        NONE,
        /// End the search, open the test split.
        FINISH,
        /// End at once; the study can be resumed.
        STOP
    }

    private Ending ending = Ending.NONE;
    /// Runs on their way, with the wish that ends each.
    private final Map<RecipeRunner.Running, Ending> runs = new HashMap<>();
    private @Nullable Thread waiting;
    private Ending enough = Ending.STOP;

    /// Waiting that a wish may cut short.
    @FunctionalInterface
    interface Wait<T, E extends Exception> {
        T go() throws E, InterruptedException;
    }

    synchronized Ending ending() {
        return ending;
    }

    synchronized void ask(Ending wish) {
        if (wish.compareTo(ending) > 0) {
            ending = wish;
        }
        runs.forEach(this::stopIfWished);
        if (waiting != null && ending.compareTo(enough) >= 0) {
            waiting.interrupt();
        }
    }

    /// @param stoppedBy the wish that ends the run, as every later one does: what is measured for the
    ///     result goes on where only the search shall end
    synchronized void hold(RecipeRunner.Running run, Ending stoppedBy) {
        runs.put(run, stoppedBy);
        stopIfWished(run, stoppedBy);
    }

    private void stopIfWished(RecipeRunner.Running run, Ending stoppedBy) {
        if (ending.compareTo(stoppedBy) >= 0) {
            run.stop();
        }
    }

    synchronized void release(RecipeRunner.Running run) {
        runs.remove(run);
    }

    /// Waits, unless and until a wish comes that is at least `cuttingShort`.
    ///
    /// @throws Woken if such a wish came meanwhile, or had come before
    <T, E extends Exception> T interruptibly(Ending cuttingShort, Wait<T, E> wait)
            throws E, Woken, InterruptedException {
        enter(cuttingShort);
        try {
            return wait.go();
        } catch (InterruptedException e) {
            if (ending().compareTo(cuttingShort) >= 0) {
                throw new Woken();
            }
            throw e;
        } finally {
            leave();
        }
    }

    private synchronized void enter(Ending cuttingShort) throws Woken {
        if (ending.compareTo(cuttingShort) >= 0) {
            throw new Woken();
        }
        enough = cuttingShort;
        waiting = Thread.currentThread();
    }

    private synchronized void leave() {
        waiting = null;
        if (ending != Ending.NONE) {
            // The nudge may have come too late for this wait and must not hit the next one.
            boolean _ = Thread.interrupted();
        }
    }

    /// The wait was cut short: look at the wishes again.
    static final class Woken extends Exception {
        private static final long serialVersionUID = 1;

        Woken() {
            super("woken by the person", null, false, false);
        }
    }
}
