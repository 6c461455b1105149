package trex.gui.dialog;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import trex.model.RunId;

/// Questions to the person; a test answers some of them itself.
public interface Dialogs {
    /// Shows one sentence and goes on at once.
    void error(String sentence);

    /// Asks before the window closes over running workers.
    Closing askClosing(List<RunId> workers);

    /// Asks for a folder that is there.
    Optional<Path> chooseFolder();

    /// @param folder where to begin, or null
    Optional<Path> chooseMission(@Nullable Path folder);
}
