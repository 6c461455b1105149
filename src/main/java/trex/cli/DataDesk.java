package trex.cli;

import java.nio.file.Path;
import java.util.List;
import trex.loop.OwnData;
import trex.loop.Studies;
import trex.model.DataPreview;

/// Work on a person's data files, before there is a mission.
public interface DataDesk extends OwnData.Desk {
    /// Refuses everything.
    DataDesk CLOSED = new DataDesk() {
        @Override
        public DataPreview preview(Path file) throws Studies.Refused {
            throw new Studies.Refused(file + " cannot be looked at here.");
        }

        @Override
        public OwnData open(Path data) throws Studies.Refused {
            throw new Studies.Refused(data + " cannot be read here.");
        }

        @Override
        public Removed deduplicate(Path file, Path copy, double similarity) throws Studies.Refused {
            throw new Studies.Refused(file + " cannot be copied here.");
        }

        @Override
        public List<String> export(Path mission, Path file) throws Studies.Refused {
            throw new Studies.Refused(mission + " cannot be exported here.");
        }

        @Override
        public String model() throws Studies.Refused {
            throw new Studies.Refused("Language models are not known here.");
        }
    };

    /// @throws Studies.Refused for a file that cannot be read, with its line where there is one
    DataPreview preview(Path file) throws Studies.Refused;

    /// Copies a file without its repeated rows.
    ///
    /// @param similarity from which on rows are near repeats; 0 for exact ones only
    Removed deduplicate(Path file, Path copy, double similarity) throws Studies.Refused, InterruptedException;

    /// Writes the training examples that a mission's start recipe makes, as JSON Lines.
    ///
    /// @return what was done, a sentence or a step a line
    List<String> export(Path mission, Path file) throws Studies.Refused, InterruptedException;

    /// The language model that data recipes may ask, or how to configure one; never its key.
    ///
    /// @throws Studies.Refused for settings that cannot be used
    String model() throws Studies.Refused;

    /// Numbers of rows.
    ///
    /// @param read rows of the file
    /// @param exact exact repeats that were left out
    /// @param near near repeats that were left out
    record Removed(long read, long exact, long near) {}
}
