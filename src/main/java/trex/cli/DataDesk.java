package trex.cli;

import java.nio.file.Path;
import trex.loop.Studies;
import trex.model.DataPreview;

/// Looks at a person's data files.
@FunctionalInterface
public interface DataDesk {
    /// @throws Studies.Refused for a file that cannot be read, with its line where there is one
    DataPreview preview(Path file) throws Studies.Refused;
}
