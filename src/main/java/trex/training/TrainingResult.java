package trex.training;

import java.util.List;
import trex.model.Checkpoint;
import trex.model.Score;

/// How a training ended.
public sealed interface TrainingResult {
    /// Training examples processed, those before an interruption included.
    long examples();

    /// Tokens run through the model in training, shared beginnings counted once.
    long tokens();

    /// @param best score of the best validation
    /// @param checkpoint the weights that reached it
    record Finished(Score best, Checkpoint checkpoint, long examples, long tokens) implements TrainingResult {}

    /// Stopped when asked; the checkpoint resumes it.
    record Stopped(Checkpoint checkpoint, long examples, long tokens) implements TrainingResult {}

    /// The loss or the gradient was no longer a finite number, or the loss had exploded. The last
    /// good checkpoint stays where it is.
    ///
    /// @param ids examples of that step
    record Diverged(int step, String reason, List<String> ids, long examples, long tokens) implements TrainingResult {
        public Diverged {
            ids = List.copyOf(ids);
        }
    }
}
