package trex.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import trex.model.Checkpoint;

/// Where a run's checkpoints go. A checkpoint is a folder that appears whole or not at all.
public interface CheckpointFolder {
    /// Writes a checkpoint; when this returns it is on the disk.
    Checkpoint write(int step, Filling filling) throws IOException;

    /// The undamaged checkpoint with the most steps.
    Optional<Checkpoint> newest() throws IOException;

    /// Deletes a checkpoint; one that is gone already is no error.
    void delete(Checkpoint checkpoint) throws IOException;

    /// Puts the files of a checkpoint into an empty folder.
    @FunctionalInterface
    interface Filling {
        void into(Path folder) throws IOException;
    }
}
