package trex.cli;

import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import trex.loop.StudyEvent;
import trex.model.Mission;
import trex.model.StudyId;

/// Progress drawn over itself four times a second, on a thread of its own.
final class LiveProgress implements ProgressDisplay {
    private static final long FRAME_MILLIS = 250;
    private static final int FRAMES_A_SIZE = 12;
    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final Terminal terminal;
    private final ProgressFrame frame;
    private final InstantSource clock;
    private final Thread drawing;
    private @Nullable StudyPicture picture;
    private boolean paused;
    private boolean dirty;
    private int drawn;
    private Terminal.Size size = new Terminal.Size(80, 24);

    LiveProgress(Terminal terminal, StudyId study, Mission mission, InstantSource clock) {
        this.terminal = terminal;
        this.frame = new ProgressFrame(study, mission);
        this.clock = clock;
        this.drawing = Thread.ofPlatform().daemon().name("progress").start(this::loop);
    }

    @Override
    public synchronized void show(StudyEvent event, StudyPicture changed) {
        picture = changed;
        dirty = true;
    }

    @Override
    public synchronized void pause() {
        draw();
        drawn = 0; // what stands there stays there
        paused = true;
    }

    @Override
    public synchronized void go() {
        paused = false;
        dirty = true;
    }

    @Override
    public void close() {
        drawing.interrupt();
        synchronized (this) {
            if (!paused) {
                draw();
            }
        }
    }

    private void loop() {
        try {
            for (int i = 0; ; i++) {
                if (i % FRAMES_A_SIZE == 0) {
                    Terminal.Size now = terminal.size();
                    synchronized (this) {
                        size = now;
                    }
                }
                synchronized (this) {
                    if (dirty && !paused) {
                        draw();
                    }
                }
                Thread.sleep(FRAME_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private synchronized void draw() {
        if (picture == null) {
            return;
        }
        List<String> lines = frame.lines(picture, clock.instant(), size.columns(), size.rows());
        StringBuilder text = new StringBuilder();
        if (drawn > 0) {
            text.append("\u001b[").append(drawn).append("F");
        }
        text.append(CLEAR_BELOW).append(NO_WRAP);
        lines.forEach(line -> text.append(line).append('\n'));
        terminal.out().print(text.append(WRAP));
        terminal.out().flush();
        drawn = lines.size();
        dirty = false;
    }
}
