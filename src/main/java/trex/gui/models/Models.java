package trex.gui.models;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import trex.loop.Studies;
import trex.model.NodeId;
import trex.model.StudyId;

/// The models that studies have made. All methods may take long and may touch the disk.
public interface Models {
    /// What a model can be written as, the usual one first.
    List<Format> formats();

    /// Writes the model of a node as a new folder, with a model card.
    ///
    /// @param format the id of one of [#formats()]
    /// @throws Studies.Refused if the node has no model, or the folder cannot be made; says which
    void export(StudyId study, NodeId node, String format, Path folder) throws Studies.Refused, InterruptedException;

    /// Loads the model of a node to speak with it; the baseline's is the untouched one.
    Talk talk(StudyId study, NodeId node) throws Studies.Refused, InterruptedException;

    /// The libraries that models can compute with on graphics cards.
    Engines engines();

    /// A way to write a model.
    ///
    /// @param id as on the command line
    /// @param name for the person
    record Format(String id, String name) {}

    /// A loaded model. Used by one thread at a time, but closed from any.
    interface Talk extends AutoCloseable {
        /// @param piece hears the answer as it is written
        void ask(String text, Consumer<String> piece) throws Studies.Refused, InterruptedException;

        @Override
        void close();
    }
}
