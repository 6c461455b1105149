package trex.cli;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import trex.loop.StudyEvent;
import trex.loop.StudyListener;

/// Hears a study: keeps its picture, feeds the display, queues the proposals that wait for the person.
final class StudyEar implements StudyListener {
    private final InstantSource clock;
    private final BlockingQueue<Optional<StudyEvent.AwaitingVerdict>> questions = new LinkedBlockingQueue<>();
    private final List<StudyEvent> unheard = new ArrayList<>();
    private StudyPicture picture;
    private @Nullable ProgressDisplay display;

    StudyEar(double budgetSeconds, InstantSource clock) {
        this.picture = StudyPicture.of(budgetSeconds);
        this.clock = clock;
    }

    @Override
    public synchronized void on(StudyEvent event) {
        picture = picture.after(event, clock.instant());
        if (display == null) {
            unheard.add(event);
        } else {
            display.show(event, picture);
        }
        if (event instanceof StudyEvent.AwaitingVerdict question) {
            questions.add(Optional.of(question));
        }
    }

    /// Shows everything on `shown` from now on, what came before included.
    synchronized void attach(ProgressDisplay shown) {
        unheard.forEach(event -> shown.show(event, picture));
        unheard.clear();
        display = shown;
    }

    /// Lets a waiting [#nextQuestion] return empty: the study has ended.
    void end() {
        questions.add(Optional.empty());
    }

    /// Waits for the next proposal; empty once the study has ended.
    Optional<StudyEvent.AwaitingVerdict> nextQuestion() throws InterruptedException {
        return questions.take();
    }

    /// Whether the study ended while a question was being asked.
    boolean ended() {
        return questions.stream().anyMatch(Optional::isEmpty);
    }

    synchronized StudyPicture picture() {
        return picture;
    }
}
