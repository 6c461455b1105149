package trex.lm;

import java.util.List;

/// Writes to tensors of a model.
///
/// @param <E> what the writing may throw
@FunctionalInterface
public interface TensorChange<E extends Exception> {
    /// @param tensors as they are; what is written to their values is in the model afterwards
    void on(List<FloatTensor> tensors) throws E;
}
