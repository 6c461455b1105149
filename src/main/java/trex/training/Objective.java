package trex.training;

import java.util.List;
import org.jspecify.annotations.Nullable;
import trex.model.Rewards;

/// What a training descends: the loss of a step's examples and its gradient.
public interface Objective {
    /// Number of examples that an epoch passes over, above 0.
    int size();

    /// Names an example where something has gone wrong with it.
    String id(int example);

    /// All that is learnt from, in the examples' order: tells this training from every other.
    List<LabelledExample> sequences();

    /// Called before the first step of a run, and again where it goes on, with the model as it was
    /// opened: untrained.
    ///
    /// @param used indices of the examples that the run will see
    /// @throws Validator.Stopped from the progress, where the run is to end
    default void begin(int[] used, Passes untrained, Progression progress) throws Validator.Stopped {}

    /// Adds the gradient of the examples' mean loss to the model's gradients.
    ///
    /// @param chosen indices of a step's examples, in the order of the step
    Descended descend(int[] chosen, Passes model);

    /// A step's loss.
    ///
    /// @param loss the mean; NaN or infinite where the model has diverged
    /// @param rewards null where nothing is rewarded
    record Descended(double loss, @Nullable Rewards rewards) {
        Descended(double loss) {
            this(loss, null);
        }
    }

    /// Hears how much of a preparation is done.
    @FunctionalInterface
    interface Progression {
        /// @throws Validator.Stopped where the run is to end
        void done(int done, int total) throws Validator.Stopped;
    }
}
