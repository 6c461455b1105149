package trex.gui.study;

import java.time.LocalTime;
import trex.loop.StudyEvent;

/// One line of the log.
public record LogLine(LocalTime at, StudyEvent.Level level, String text) {}
