package trex.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trex.model.Quantization;

class QuantizedMatrixTest {
    @Test
    void int8RowsAreSignedCodesAndTheirScale() {
        float[] weights = {0.5f, -1.27f, 0.004f, 0.006f, 0, 0, 0, 0};
        ByteBuffer packed = packed(Quantization.INT8, weights, 4);
        assertThat(packed.capacity()).isEqualTo(2 * 8);
        assertThat(new byte[] {packed.get(0), packed.get(1), packed.get(2), packed.get(3)})
                .containsExactly(50, -127, 0, 1);
        assertThat(packed.getFloat(4)).isEqualTo(1.27f / 127);
        assertThat(packed.getLong(8)).as("a row of zeros").isZero();
    }

    /// Every weight has the code that bitsandbytes' comparisons give it, the last block is filled
    /// up with the code of zero.
    @Test
    void nf4BlocksArePairsOfCodesAndTheirScale() {
        int rows = 7;
        int columns = 30;
        float[] weights = normal(rows * columns);
        ByteBuffer packed = packed(Quantization.NF4, weights, columns);
        assertThat(packed.capacity()).isEqualTo(4 * 36);
        for (int block = 0; block < 4; block++) {
            float largest = 0;
            for (int i = 64 * block; i < Math.min(64 * block + 64, weights.length); i++) {
                largest = Math.max(largest, Math.abs(weights[i]));
            }
            assertThat(packed.getFloat(36 * block + 32)).isEqualTo(largest);
            for (int i = 0; i < 64; i++) {
                int at = 64 * block + i;
                int code = packed.get(36 * block + i / 2) >> (i % 2 == 0 ? 4 : 0) & 15;
                assertThat(code).isEqualTo(at < weights.length ? DequantizedWeights.nf4(weights[at] * (1 / largest)) : 7);
            }
        }
    }

    /// A threshold goes down, the next number above it goes up; it lies in the middle to a rounding.
    @Test
    void nf4TurnsExactlyWhereBitsandbytesDoes() {
        float[] around = new float[64];
        for (int i = 0; i < 15; i++) {
            float threshold = DequantizedWeights.THRESHOLDS[i];
            double middle = ((double) NormalFloat.pairs()[2 * 16 * i] + NormalFloat.pairs()[2 * 16 * (i + 1)]) / 2;
            assertThat((double) threshold).isCloseTo(middle, within((double) Math.ulp(threshold)));
            around[2 * i] = threshold;
            around[2 * i + 1] = Math.nextUp(threshold);
        }
        around[63] = -1;
        ByteBuffer packed = packed(Quantization.NF4, around, 64);
        for (int i = 0; i < 15; i++) {
            assertThat(packed.get(i) & 0xff).isEqualTo(i << 4 | i + 1);
        }
    }

    @Test
    void aBlockOfZerosStaysZero() {
        ByteBuffer packed = packed(Quantization.NF4, new float[64], 8);
        assertThat(packed.get(5)).isEqualTo((byte) 0x77);
        assertThat(packed.getFloat(32)).isZero();
    }

    @Test
    void theSmallestNumbersGiveFiniteCodes() {
        ByteBuffer packed = packed(Quantization.INT8, new float[] {Float.MIN_VALUE, -Float.MIN_VALUE}, 2);
        assertThat(packed.get(0)).isEqualTo((byte) 127);
        assertThat(packed(Quantization.NF4, new float[] {Float.MIN_VALUE, 0}, 2).get(0)).isEqualTo((byte) 0x77);
    }

    @Test
    void fourBitsTakeNineSixteenthsOfAByteWithTheirScales() {
        assertThat(new QuantizedMatrix(Quantization.NF4, 576, 1536).bytes()).isEqualTo(576 * 1536 * 9 / 16);
        assertThat(new QuantizedMatrix(Quantization.INT8, 576, 1536).bytes()).isEqualTo(576 * (1536 + 4));
        assertThatThrownBy(() -> new QuantizedMatrix(Quantization.NONE, 2, 3)).hasMessageContaining("NONE of 2 x 3");
    }

    private static ByteBuffer packed(Quantization kind, float[] weights, int columns) {
        QuantizedMatrix form = new QuantizedMatrix(kind, weights.length / columns, columns);
        byte[] bytes = new byte[(int) form.bytes()];
        form.pack(MemorySegment.ofArray(weights), MemorySegment.ofArray(bytes));
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    private static float[] normal(int count) {
        Random random = new Random(3);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
