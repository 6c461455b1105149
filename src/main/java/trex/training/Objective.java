package trex.training;

import java.util.List;

/// What a training descends: the loss of a step's examples and its gradient.
public interface Objective {
    /// Number of examples that an epoch passes over, above 0.
    int size();

    /// Names an example where something has gone wrong with it.
    String id(int example);

    /// All that is learnt from, in the examples' order: tells this training from every other.
    List<LabelledExample> sequences();

    /// Adds the gradient of the examples' mean loss to the model's gradients.
    ///
    /// @param chosen indices of a step's examples, in the order of the step
    /// @return the mean loss; NaN or infinite where the model has diverged
    double descend(int[] chosen, Passes model);
}
