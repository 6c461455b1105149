package trex.loop;

import java.nio.file.Path;
import java.util.List;
import trex.model.DataPreview;
import trex.model.MappingTrial;
import trex.model.MissionDraft;
import trex.model.Template;

/// A person's own data file or folder, read once: mappings are tried on it until one fits, and a
/// mission is made of it.
public interface OwnData {
    /// What is in it, with a proposed mapping.
    DataPreview preview();

    /// What a template makes of all its rows.
    ///
    /// @throws Studies.Refused for a row of which the template makes nothing; names the line
    MappingTrial trial(Template template) throws Studies.Refused;

    /// Writes a mission about it into a new folder, and beside it the rows of cut splits where there
    /// are any.
    ///
    /// @return the mission file
    /// @throws Studies.Refused for what the person said that cannot be meant, and data that is too little
    Path write(MissionDraft draft) throws Studies.Refused;

    /// Opens data of the person's own.
    @FunctionalInterface
    interface Desk {
        /// Reads a data file, or the training files of a folder.
        ///
        /// @throws Studies.Refused for what cannot be read; names the file, and the line where there is one
        OwnData open(Path data) throws Studies.Refused, InterruptedException;

        /// The base models that come with the program or that it fetches, by name.
        default List<String> baseModels() {
            return List.of();
        }
    }
}
