package trex.cli;

import trex.loop.StudyEvent;

/// Shows a study's progress in the terminal.
interface ProgressDisplay extends AutoCloseable {
    /// Shows what `event` changed; `picture` is the study after it.
    void show(StudyEvent event, StudyPicture picture);

    /// Holds back until [#go], so that a question can be read; prints what is on screen for good.
    void pause();

    void go();

    /// Draws for the last time.
    @Override
    void close();
}
