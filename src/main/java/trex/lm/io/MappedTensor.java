package trex.lm.io;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// A tensor where it lies in a mapped file.
///
/// @param shape rows first
/// @param bytes exactly the tensor's bytes
/// @param pairedHead head size where the rows of each head hold their rotary pairs side by side
///     (llama2.c, GGUF) and must be read in half-rotation order; 0 where rows are in order
record MappedTensor(TensorType type, long[] shape, MemorySegment bytes, int pairedHead) {
    MappedTensor {
        long expected = type.bytes(elements(shape));
        if (bytes.byteSize() != expected) {
            throw new IllegalArgumentException(
                    "a tensor of shape " + Arrays.toString(shape) + " needs " + expected + " bytes, got " + bytes.byteSize());
        }
    }

    /// @throws ArithmeticException if there are more elements than a `long` counts
    static long elements(long[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    MappedTensor paired(int headSize) {
        return new MappedTensor(type, shape, bytes, headSize);
    }

    /// Writes the tensor as fp32.
    ///
    /// @return whether every number is finite
    boolean copyTo(MemorySegment target) {
        if (target.byteSize() != 4 * elements(shape)) {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape) + " fills "
                    + 4 * elements(shape) + " bytes, the target has " + target.byteSize());
        }
        return pairedHead == 0 ? type.decode(bytes, target) : copyUnpaired(target);
    }

    /// Row `2 i + p` of a head becomes its row `p headSize / 2 + i`.
    private boolean copyUnpaired(MemorySegment target) {
        long rowElements = elements(shape) / shape[0];
        long rowBytes = type.bytes(rowElements);
        boolean finite = true;
        for (long row = 0; row < shape[0]; row++) {
            long inHead = row % pairedHead;
            long to = row - inHead + inHead % 2 * (pairedHead / 2) + inHead / 2;
            finite &= type.decode(bytes.asSlice(row * rowBytes, rowBytes),
                    target.asSlice(to * rowElements * 4, rowElements * 4));
        }
        return finite;
    }
}
