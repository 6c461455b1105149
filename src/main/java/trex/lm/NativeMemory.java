package trex.lm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The bytes behind native tensors.
final class NativeMemory {
    private NativeMemory() {}

    /// A view of a contiguous tensor in the processor's memory: what is written here is in the tensor.
    static MemorySegment of(NDArray array) {
        return MemorySegment.ofBuffer(((PtNDArray) array).toByteBuffer(true));
    }

    static List<FloatTensor> views(List<String> names, NDList arrays) {
        List<FloatTensor> views = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            NDArray array = arrays.get(i);
            views.add(new FloatTensor(names.get(i), array.getShape().getShape(), of(array)));
        }
        return views;
    }

    static NDList named(String name, NDList arrays) {
        arrays.forEach(a -> a.setName(name));
        return arrays;
    }

    static long[] longs(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }
}
