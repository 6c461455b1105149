package trex.gui.study;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import trex.loop.StudyEvent;
import trex.loop.StudyListener;
import trex.model.RunEvent;

/// Between the study's threads and the screen's: steps of runs go straight into their tracks, all
/// else waits until the screen drains it, once a pulse. Of several trees only the last arrives.
public final class StudyFeed implements StudyListener {
    private final Queue<StudyEvent> waiting = new ConcurrentLinkedQueue<>();
    private final RunTracks tracks = new RunTracks();

    public RunTracks tracks() {
        return tracks;
    }

    @Override
    public void on(StudyEvent event) {
        if (event instanceof StudyEvent.RunProgress(var run, var said)) {
            tracks.of(run).hear(said, System.nanoTime());
            if (said instanceof RunEvent.Step) {
                return;
            }
        }
        waiting.add(event);
    }

    /// Hands over what has arrived since the last call, in order.
    public void drain(Consumer<StudyEvent> screen) {
        StudyEvent.@Nullable TreeChanged tree = null;
        for (StudyEvent event = waiting.poll(); event != null; event = waiting.poll()) {
            if (event instanceof StudyEvent.TreeChanged changed) {
                tree = changed;
                continue;
            }
            if (tree != null && !(event instanceof StudyEvent.RunProgress)) {
                screen.accept(tree);
                tree = null;
            }
            screen.accept(event);
        }
        if (tree != null) {
            screen.accept(tree);
        }
    }
}
