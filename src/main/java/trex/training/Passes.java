package trex.training;

import trex.lm.PackedBatch;

/// The ways through a model that a step has.
public interface Passes {
    /// Log-probability in nats of each label, `[rows]`; without a gradient.
    float[] score(PackedBatch batch);

    /// Adds the gradient of the batch's weighted loss to the model's gradients.
    ///
    /// @return the weighted sum of negative log-likelihoods in nats
    double grads(PackedBatch batch);
}
