package trex.lm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A named fp32 tensor: in Java memory, or a view of the model's own, which then changes with it
/// and must not be read after the model is closed.
///
/// @param values row-major, native byte order, 4 bytes an element
public record FloatTensor(String name, long[] shape, MemorySegment values) {
    public FloatTensor {
        if (elements(shape) * Float.BYTES != values.byteSize()) {
            throw new IllegalArgumentException("tensor " + name + ": " + values.byteSize()
                    + " bytes do not fill a shape of " + elements(shape) + " elements");
        }
    }

    public FloatTensor(String name, long[] shape, float[] values) {
        this(name, shape, MemorySegment.ofArray(values));
    }

    /// Tensors by their names, of which there must not be two.
    static Map<String, FloatTensor> byName(List<FloatTensor> tensors) {
        return tensors.stream().collect(Collectors.toMap(FloatTensor::name, Function.identity()));
    }

    static long elements(long[] shape) {
        long elements = 1;
        for (long extent : shape) {
            elements *= extent;
        }
        return elements;
    }

    public long elements() {
        return elements(shape);
    }

    public float get(long index) {
        return values.get(ValueLayout.JAVA_FLOAT_UNALIGNED, index * Float.BYTES);
    }

    /// A copy in Java memory.
    public float[] toArray() {
        return values.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
    }
}
