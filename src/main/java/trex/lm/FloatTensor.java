package trex.lm;

/// A named fp32 tensor in Java memory.
///
/// @param values row-major, as many as the shape says
public record FloatTensor(String name, long[] shape, float[] values) {
    public FloatTensor {
        long size = 1;
        for (long extent : shape) {
            size *= extent;
        }
        if (size != values.length) {
            throw new IllegalArgumentException(
                    "tensor " + name + ": " + values.length + " values do not fill a shape of " + size);
        }
    }
}
