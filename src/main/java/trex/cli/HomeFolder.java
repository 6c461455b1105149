package trex.cli;

import java.nio.file.Path;
import trex.loop.Studies;

/// Opens the folder that holds a person's studies, models and data.
@FunctionalInterface
public interface HomeFolder {
    /// @throws Studies.Refused where the folder cannot be used, or another program has it
    Studies open(Path home) throws Studies.Refused;
}
