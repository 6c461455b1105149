package trex.lm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// The bytes behind native tensors.
final class NativeMemory {
    private NativeMemory() {}

    /// A view of a contiguous tensor in the processor's memory: what is written here is in the tensor.
    static ByteBuffer of(NDArray array) {
        return ((PtNDArray) array).toByteBuffer(true);
    }

    /// Copies values over tensors of the same names and shapes.
    static void overwrite(List<String> names, NDList arrays, List<FloatTensor> tensors) {
        if (tensors.size() != names.size()) {
            throw new IllegalArgumentException(tensors.size() + " tensors for a model that trains " + names.size());
        }
        for (int i = 0; i < names.size(); i++) {
            FloatTensor tensor = tensors.get(i);
            long[] shape = arrays.get(i).getShape().getShape();
            if (!tensor.name().equals(names.get(i)) || !Arrays.equals(tensor.shape(), shape)) {
                throw new IllegalArgumentException("tensor %s %s does not fit %s %s".formatted(
                        tensor.name(), Arrays.toString(tensor.shape()), names.get(i), Arrays.toString(shape)));
            }
            MemorySegment target = MemorySegment.ofBuffer(of(arrays.get(i)));
            MemorySegment.copy(tensor.values(), 0, target, ValueLayout.JAVA_FLOAT, 0, tensor.values().length);
        }
    }

    static long[] longs(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }
}
