package trex.cli;

import java.nio.file.Path;
import trex.loop.Studies;
import trex.model.Mission;
import trex.model.StudyId;
import trex.model.StudySettings;

/// Opens the workbench on screen.
@FunctionalInterface
public interface Window {
    /// Returns when the person has closed the window.
    ///
    /// @param home the home folder that the studies lie in
    /// @throws Studies.Refused where no window can be opened
    void show(Studies studies, Path home, Opening opening) throws Studies.Refused, InterruptedException;

    /// What the window shows first.
    sealed interface Opening {
        /// The list of studies.
        record Overview() implements Opening {}

        /// A study that is already there; it goes on where it was not finished.
        record Existing(StudyId study) implements Opening {}

        /// A new study, which the window starts.
        record Fresh(Mission mission, StudySettings settings) implements Opening {}
    }
}
