package trex.bench.search;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/// Numbers in rows. Whole numbers are kept as floats with a mark, since only division differs.
final class Tensor {
    private static final int INT64 = 7;

    private final int[] shape;
    private final float[] data;
    private final boolean whole;

    Tensor(int[] shape, float[] data, boolean whole) {
        if (Arrays.stream(shape).reduce(1, (a, b) -> a * b) != data.length) {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape) + " with " + data.length + " numbers");
        }
        this.shape = shape;
        this.data = data;
        this.whole = whole;
    }

    static Tensor matrix(int rows, int columns, float... data) {
        return new Tensor(new int[] {rows, columns}, data, false);
    }

    /// Reads an ONNX `TensorProto` of floats or 64-bit whole numbers.
    static Tensor read(List<Protobuf.Field> proto) {
        int[] shape = proto.stream().filter(f -> f.number() == 1)
                .flatMap(f -> f.numbers().stream()).mapToInt(Long::intValue).toArray();
        boolean whole = proto.stream().anyMatch(f -> f.number() == 2 && f.value() == INT64);
        ByteBuffer raw = proto.stream().filter(f -> f.number() == 9).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a tensor without raw data"))
                .bytes().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        float[] data = new float[raw.remaining() / (whole ? 8 : 4)];
        for (int i = 0; i < data.length; i++) {
            data[i] = whole ? raw.getLong() : raw.getFloat();
        }
        return new Tensor(shape, data, whole);
    }

    float get(int index) {
        return data[index];
    }

    int length() {
        return data.length;
    }

    int rows() {
        return shape.length == 0 ? 1 : shape[0];
    }

    /// Numbers in a row.
    int columns() {
        return shape.length == 0 ? 1 : data.length / shape[0];
    }

    boolean isWhole() {
        return whole;
    }

    Tensor shaped(int... changed) {
        return new Tensor(changed, data, whole);
    }

    Tensor shape() {
        float[] sizes = new float[shape.length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = shape[i];
        }
        return new Tensor(new int[] {sizes.length}, sizes, true);
    }

    /// A number by number function, of the same shape.
    Tensor map(Function f) {
        float[] out = new float[data.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = f.of(data[i]);
        }
        return new Tensor(shape, out, whole);
    }

    /// With `other` of the same shape, or a single number.
    Tensor with(Tensor other, Function2 f) {
        float[] out = new float[data.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = f.of(data[i], other.data[other.data.length == 1 ? 0 : i]);
        }
        return new Tensor(shape, out, whole && other.whole);
    }

    /// The rows in the order of `indices`.
    Tensor rowsAt(Tensor indices) {
        int width = columns();
        float[] out = new float[indices.data.length * width];
        for (int r = 0; r < indices.data.length; r++) {
            int from = Math.floorMod((int) indices.data[r], rows());
            System.arraycopy(data, from * width, out, r * width, width);
        }
        return new Tensor(shape.length == 1 ? new int[] {indices.data.length} : new int[] {indices.data.length, width}, out, whole);
    }

    /// Columns `from` up to `to`, the latter not included.
    Tensor columns(int from, int to) {
        float[] out = new float[rows() * (to - from)];
        for (int r = 0; r < rows(); r++) {
            System.arraycopy(data, r * columns() + from, out, r * (to - from), to - from);
        }
        return new Tensor(new int[] {rows(), to - from}, out, whole);
    }

    static Tensor beside(List<Tensor> parts) {
        int rows = parts.getFirst().rows();
        int width = parts.stream().mapToInt(Tensor::columns).sum();
        float[] out = new float[rows * width];
        for (int r = 0; r < rows; r++) {
            int at = r * width;
            for (Tensor part : parts) {
                System.arraycopy(part.data, r * part.columns(), out, at, part.columns());
                at += part.columns();
            }
        }
        return new Tensor(new int[] {rows, width}, out, false);
    }

    /// `(out, in)` to `(in, out)`.
    Tensor transposed() {
        int rows = rows();
        int columns = columns();
        float[] out = new float[data.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                out[c * rows + r] = data[r * columns + c];
            }
        }
        return new Tensor(new int[] {columns, rows}, out, whole);
    }

    /// `this (n, in) * weights (in, out) + bias (out)`. The inner loop runs along memory.
    Tensor times(Tensor weights, Tensor bias) {
        int in = columns();
        int width = weights.columns();
        float[] out = new float[rows() * width];
        float[] sum = new float[width];
        for (int r = 0; r < rows(); r++) {
            System.arraycopy(bias.data, 0, sum, 0, width);
            for (int i = 0; i < in; i++) {
                float x = data[r * in + i];
                if (x != 0) {
                    addScaled(sum, weights.data, i * width, x);
                }
            }
            System.arraycopy(sum, 0, out, r * width, width);
        }
        return new Tensor(new int[] {rows(), width}, out, false);
    }

    private static void addScaled(float[] sum, float[] row, int from, float factor) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] += factor * row[from + j];
        }
    }

    /// `(x - mean) / sqrt(variance + epsilon) * scale + shift`, column by column.
    Tensor normalised(Tensor scale, Tensor shift, Tensor mean, Tensor variance, float epsilon) {
        int width = columns();
        float[] out = new float[data.length];
        for (int i = 0; i < out.length; i++) {
            int c = i % width;
            double deviation = Math.sqrt(variance.data[c] + epsilon);
            out[i] = (float) ((data[i] - mean.data[c]) / deviation * scale.data[c] + shift.data[c]);
        }
        return new Tensor(shape, out, false);
    }

    /// Of one number.
    interface Function {
        float of(float x);
    }

    /// Of two numbers.
    interface Function2 {
        float of(float x, float y);
    }
}
