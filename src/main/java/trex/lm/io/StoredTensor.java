package trex.lm.io;

import java.lang.foreign.MemorySegment;
import trex.lm.FloatTensor;
import trex.lm.ModelWeights;
import trex.lm.UnreadableModel;

/// A tensor that is to be written.
///
/// @param shape rows first
/// @param fill writes the tensor as fp32 into memory of 4 bytes an element
record StoredTensor(String name, TensorType type, long[] shape, Fill fill) {
    /// Where a tensor's numbers come from, asked for one tensor at a time.
    @FunctionalInterface
    interface Fill {
        void copyTo(MemorySegment target) throws UnreadableModel;
    }

    static StoredTensor of(ModelWeights weights, String name, TensorType type) {
        return new StoredTensor(name, type, weights.shape(name), target -> weights.copyTo(name, target));
    }

    static StoredTensor of(FloatTensor tensor) {
        return new StoredTensor(tensor.name(), TensorType.F32, tensor.shape(), target -> target.copyFrom(tensor.values()));
    }

    long elements() {
        return MappedTensor.elements(shape);
    }

    long bytes() {
        return type.bytes(elements());
    }
}
