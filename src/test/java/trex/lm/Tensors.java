package trex.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;

/// What tests do with a model's numbers.
public final class Tensors {
    private Tensors() {}

    /// Adapters with a B of zero would hide the gradient of A.
    static void wake(List<FloatTensor> adapters) {
        Random random = new Random(9);
        for (FloatTensor adapter : adapters) {
            for (long i = 0; i < adapter.elements(); i++) {
                adapter.values().set(ValueLayout.JAVA_FLOAT_UNALIGNED, i * Float.BYTES, (float) (0.2 * random.nextGaussian()));
            }
        }
    }

    public static double norm(FloatTensor tensor) {
        return norm(List.of(tensor));
    }

    /// Of all of them together.
    static double norm(List<FloatTensor> tensors) {
        double square = 0;
        for (FloatTensor tensor : tensors) {
            for (float value : tensor.toArray()) {
                square += (double) value * value;
            }
        }
        return Math.sqrt(square);
    }

    /// @param error over the largest number of the tensor
    static void assertClose(FloatTensor found, FloatTensor expected, double error) {
        double largest = Math.max(1e-6, largest(expected.toArray()));
        for (int i = 0; i < expected.elements(); i++) {
            assertThat((double) found.get(i)).as(found.name()).isCloseTo(expected.get(i), within(error * largest));
        }
    }

    /// @param error over the largest number of all rows
    static void assertClose(float[][] found, float[][] expected, double error) {
        assertClose(flat(found), flat(expected), error);
    }

    /// @param error over the largest number
    static void assertClose(float[] found, float[] expected, double error) {
        double largest = Math.max(1e-3, largest(expected));
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) found[i]).isCloseTo(expected[i], within(error * largest));
        }
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /// One row, of one length all, behind the other.
    static float[] flat(float[][] rows) {
        float[] all = new float[rows.length * rows[0].length];
        for (int r = 0; r < rows.length; r++) {
            System.arraycopy(rows[r], 0, all, r * rows[0].length, rows[0].length);
        }
        return all;
    }
}
