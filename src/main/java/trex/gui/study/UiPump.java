package trex.gui.study;

import java.util.ArrayList;
import java.util.List;
import javafx.animation.AnimationTimer;

/// The one place where the screen's clock ticks: calls its listeners once a pulse, in the order they
/// came in. First the feeds are drained, then views redraw what became dirty.
public final class UiPump extends AnimationTimer {
    private final List<Runnable> listeners = new ArrayList<>();

    public void onPulse(Runnable listener) {
        listeners.add(listener);
    }

    /// Calls `listener` at most once every `seconds`: for views whose redrawing costs more than
    /// anyone can see.
    public void every(double seconds, Runnable listener) {
        long[] next = {0};
        listeners.add(() -> {
            long now = System.nanoTime();
            if (now >= next[0]) {
                next[0] = now + (long) (seconds * 1e9);
                listener.run();
            }
        });
    }

    @Override
    public void handle(long now) {
        listeners.forEach(Runnable::run);
    }
}
