package trex.lm.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A tensor where it lies in a mapped file.
///
/// @param shape rows first
/// @param bytes exactly the tensor's bytes
/// @param pairedHead head size where the rows of each head hold their rotary pairs side by side
///     (llama2.c, GGUF) and must be read in half-rotation order; 0 where rows are in order
/// @param stored null where it lies as it is; else the matrix of whose transpose these are rows
record MappedTensor(TensorType type, long[] shape, MemorySegment bytes, int pairedHead, @Nullable Transposed stored) {
    /// @param width columns of the matrix in the file
    /// @param column the first of them that is a row here
    record Transposed(long width, long column) {}

    MappedTensor {
        long elements = stored == null ? elements(shape) : shape[1] * stored.width();
        long expected = type.bytes(elements);
        if (bytes.byteSize() != expected) {
            throw new IllegalArgumentException(
                    "a tensor of shape " + Arrays.toString(shape) + " needs " + expected + " bytes, got " + bytes.byteSize());
        }
    }

    MappedTensor(TensorType type, long[] shape, MemorySegment bytes, int pairedHead) {
        this(type, shape, bytes, pairedHead, null);
    }

    /// Some of the rows.
    MappedTensor rows(long from, long count) {
        long[] part = shape.clone();
        part[0] = count;
        long rowElements = elements(shape) / shape[0];
        long start = type.bytes(from * rowElements);
        return new MappedTensor(type, part, bytes.asSlice(start, type.bytes(count * rowElements)), pairedHead);
    }

    /// Some of the columns, as rows.
    MappedTensor columns(long from, long count) {
        return new MappedTensor(type, new long[] {count, shape[0]}, bytes, 0, new Transposed(shape[1], from));
    }

    /// @throws ArithmeticException if there are more elements than a `long` counts
    static long elements(long[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    MappedTensor paired(int headSize) {
        return new MappedTensor(type, shape, bytes, headSize, stored);
    }

    /// Writes the tensor as fp32.
    ///
    /// @return whether every number is finite
    boolean copyTo(MemorySegment target) {
        if (target.byteSize() != 4 * elements(shape)) {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape) + " fills "
                    + 4 * elements(shape) + " bytes, the target has " + target.byteSize());
        }
        if (stored != null) {
            return copyTransposed(target, stored);
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

    private boolean copyTransposed(MemorySegment target, Transposed from) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment whole = arena.allocate(4 * shape[1] * from.width(), 4);
            boolean finite = type.decode(bytes, whole);
            for (long row = 0; row < shape[0]; row++) {
                for (long i = 0; i < shape[1]; i++) {
                    float value = whole.getAtIndex(ValueLayout.JAVA_FLOAT, i * from.width() + from.column() + row);
                    target.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 4 * (row * shape[1] + i), value);
                }
            }
            return finite;
        }
    }
}
