package trex.gui.shell;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import trex.model.Mission;
import trex.model.StudyId;
import trex.model.StudySettings;

/// What the window shall do when it opens.
///
/// @param open the study to show; null for the newest
/// @param start a mission to start right away, or null
/// @param missions folders whose `<task>/task.json` the new-study dialog offers
/// @param memory file that keeps the layout and the theme between starts, or null to forget them
/// @param snapshot a picture to take of the window, or null
public record WorkbenchOptions(
        @Nullable StudyId open,
        @Nullable Start start,
        List<Path> missions,
        @Nullable Path memory,
        @Nullable Snapshot snapshot) {
    public static final WorkbenchOptions DEFAULT = new WorkbenchOptions(null, null, List.of(), null, null);

    public WorkbenchOptions {
        missions = List.copyOf(missions);
    }

    public WorkbenchOptions withOpen(StudyId study) {
        return new WorkbenchOptions(study, start, missions, memory, snapshot);
    }

    public WorkbenchOptions withStart(Mission mission, StudySettings settings) {
        return new WorkbenchOptions(open, new Start(mission, settings), missions, memory, snapshot);
    }

    public WorkbenchOptions withMissions(Path... folders) {
        return new WorkbenchOptions(open, start, List.of(folders), memory, snapshot);
    }

    public WorkbenchOptions withMemory(Path file) {
        return new WorkbenchOptions(open, start, missions, file, snapshot);
    }

    public WorkbenchOptions withSnapshot(Snapshot wanted) {
        return new WorkbenchOptions(open, start, missions, memory, wanted);
    }

    /// A mission to start.
    public record Start(Mission mission, StudySettings settings) {}

    /// A picture of the window as PNG, taken once `rounds` rounds are finished and a run is drawing its
    /// curve, or the study is finished, or `seconds` have passed.
    ///
    /// @param thenClose whether the window closes after it, leaving workers to themselves
    public record Snapshot(Path file, int rounds, int seconds, boolean thenClose) {
        public Snapshot {
            if (seconds < 1) {
                throw new IllegalArgumentException("snapshot: seconds must be at least 1, got " + seconds);
            }
        }
    }
}
