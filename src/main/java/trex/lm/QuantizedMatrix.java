package trex.lm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.LongStream;
import trex.model.Quantization;

/// How a quantised matrix lies in memory, `[units, bytes of a unit]`: a unit is what shares a
/// scale, the codes first and then the scale in fp32. A unit is a row of the matrix in INT8, and in
/// NF4 64 weights that follow one another, wherever rows end.
///
/// @param kind `INT8` or `NF4`
/// @param rows outputs of the linear layer
/// @param columns its inputs
public record QuantizedMatrix(Quantization kind, long rows, long columns) {
    private static final int LARGEST_CODE = 127;

    public QuantizedMatrix {
        if (kind == Quantization.NONE || rows < 1 || columns < 1) {
            throw new IllegalArgumentException("no quantised matrix: " + kind + " of " + rows + " x " + columns);
        }
    }

    /// Shape in bytes.
    long[] shape() {
        return new long[] {units(), unitBytes()};
    }

    /// What it takes.
    public long bytes() {
        return units() * unitBytes();
    }

    private long units() {
        return switch (kind) {
            case NONE, INT8 -> rows;
            case NF4 -> Math.ceilDiv(rows * columns, NormalFloat.BLOCK);
        };
    }

    private long unitWeights() {
        return switch (kind) {
            case NONE, INT8 -> columns;
            case NF4 -> NormalFloat.BLOCK;
        };
    }

    private long unitBytes() {
        return switch (kind) {
            case NONE, INT8 -> unitWeights() + Float.BYTES;
            case NF4 -> unitWeights() / 2 + Float.BYTES;
        };
    }

    /// Quantises by the largest magnitude of each unit, to the nearest code.
    ///
    /// @param wide fp32, row-major
    /// @param packed [#bytes()] long
    void pack(MemorySegment wide, MemorySegment packed) {
        LongStream.range(0, units()).parallel().forEach(unit -> pack(wide, packed, unit));
    }

    private void pack(MemorySegment wide, MemorySegment packed, long unit) {
        long first = unit * unitWeights();
        float largest = largest(wide, first);
        long at = unit * unitBytes();
        long scaleAt = at + unitBytes() - Float.BYTES;
        switch (kind) {
            case NONE, INT8 -> {
                packed.set(ValueLayout.JAVA_FLOAT_UNALIGNED, scaleAt, largest / LARGEST_CODE);
                packEven(wide, first, largest, packed, at);
            }
            case NF4 -> {
                packed.set(ValueLayout.JAVA_FLOAT_UNALIGNED, scaleAt, largest);
                NormalFloat.pack(wide, first, largest, packed, at);
            }
        }
    }

    private float largest(MemorySegment wide, long first) {
        float largest = 0;
        for (long i = first; i < Math.min(first + unitWeights(), rows * columns); i++) {
            largest = Math.max(largest, Math.abs(wide.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i)));
        }
        return largest;
    }

    /// Codes of equal distance, halves to the even one (Dettmers et al. 2022, LLM.int8(), arXiv
    /// 2208.07339, without its treatment of outliers).
    private void packEven(MemorySegment wide, long first, float largest, MemorySegment packed, long at) {
        double inverse = largest == 0 ? 0 : (double) LARGEST_CODE / largest;
        for (long i = 0; i < columns; i++) {
            float weight = wide.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, first + i);
            packed.set(ValueLayout.JAVA_BYTE, at + i, (byte) Math.rint(weight * inverse));
        }
    }
}
