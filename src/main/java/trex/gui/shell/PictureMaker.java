package trex.gui.shell;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import trex.gui.tree.TreePicture;
import trex.model.ExperimentTree;
import trex.model.Mission;
import trex.model.StudyResult;

/// Lays trees out off the screen's thread. Of several wishes only the last is made.
final class PictureMaker {
    private final Executor workers;
    private final AtomicReference<@Nullable Wish> wanted = new AtomicReference<>();
    private final AtomicReference<@Nullable TreePicture> ready = new AtomicReference<>();

    PictureMaker(Executor workers) {
        this.workers = workers;
    }

    void want(ExperimentTree tree, Mission mission, @Nullable StudyResult result) {
        if (wanted.getAndSet(new Wish(tree, mission, result)) == null) {
            workers.execute(this::make);
        }
    }

    /// The picture finished since the last call, or null.
    @Nullable TreePicture poll() {
        return ready.getAndSet(null);
    }

    private void make() {
        Wish wish = wanted.get();
        while (wish != null) {
            ready.set(TreePicture.of(wish.tree(), wish.mission(), wish.result()));
            if (wanted.compareAndSet(wish, null)) {
                return;
            }
            wish = wanted.get();
        }
    }

    private record Wish(ExperimentTree tree, Mission mission, @Nullable StudyResult result) {}
}
