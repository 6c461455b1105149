package trex.training;

import java.util.List;
import trex.lm.PackedBatch;

/// The ways through a model that a step has.
public interface Passes {
    /// Number of batches that run at a time.
    default int lanes() {
        return 1;
    }

    /// For each batch the log-probability in nats of each label, `[rows]`; without a gradient.
    List<float[]> score(List<PackedBatch> batches);

    /// Adds the gradient of the batches' weighted losses to the model's gradients.
    ///
    /// @return the weighted sum of negative log-likelihoods in nats
    double grads(List<PackedBatch> batches);
}
