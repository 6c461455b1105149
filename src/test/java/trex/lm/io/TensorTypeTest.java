package trex.lm.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every format against one element at a time in double precision.
class TensorTypeTest {
    private static final int BLOCKS = 1100; // more than one piece of the decoder's loop

    @ParameterizedTest
    @EnumSource(TensorType.class)
    void everyElementEqualsItsDefinition(TensorType type) {
        byte[] bytes = new byte[Math.toIntExact(type.bytes((long) BLOCKS * type.blockElements()))];
        Random random = new Random(11);
        random.nextBytes(bytes);
        boundScales(type, bytes);
        float[] decoded = new float[BLOCKS * type.blockElements()];
        boolean finite = type.decode(MemorySegment.ofArray(bytes), MemorySegment.ofArray(decoded));
        assertThat(finite).isTrue();
        for (int i = 0; i < decoded.length; i++) {
            double expected = element(type, bytes, i);
            assertThat((double) decoded[i]).as("%s element %d", type, i).isCloseTo(expected, within(1e-6 * Math.abs(expected) + 1e-30 + tolerance(type)));
        }
    }

    /// Offsets may cancel: the error is then relative to the parts, below 2^15 here.
    private static double tolerance(TensorType type) {
        return type == TensorType.Q4_1 ? 4e-3 : 0;
    }

    /// Keeps random exponents below infinity.
    private static void boundScales(TensorType type, byte[] bytes) {
        int blockBytes = bytes.length / BLOCKS;
        for (int block = 0; block < BLOCKS; block++) {
            int at = block * blockBytes;
            switch (type) {
                case F32 -> bytes[at + 3] &= (byte) 0xbf;
                case F16, Q8_0, Q4_0 -> bytes[at + 1] &= (byte) 0xbf;
                case BF16 -> bytes[at + 1] &= (byte) 0xbf;
                case Q4_1 -> {
                    bytes[at + 1] &= (byte) 0xbf;
                    bytes[at + 3] &= (byte) 0xbf;
                }
                case Q6_K -> bytes[at + 209] &= (byte) 0xbf;
            }
        }
    }

    private static double element(TensorType type, byte[] b, int i) {
        int block = i / type.blockElements();
        int k = i % type.blockElements();
        int at = block * (b.length / BLOCKS);
        return switch (type) {
            case F32 -> Float.intBitsToFloat(u8(b, at) | u8(b, at + 1) << 8 | u8(b, at + 2) << 16 | u8(b, at + 3) << 24);
            case F16 -> fp16(b, at);
            case BF16 -> Float.intBitsToFloat(u16(b, at) << 16);
            case Q8_0 -> fp16(b, at) * b[at + 2 + k];
            case Q4_0 -> fp16(b, at) * (nibble(b, at + 2, k) - 8);
            case Q4_1 -> fp16(b, at) * nibble(b, at + 4, k) + fp16(b, at + 2);
            case Q6_K -> fp16(b, at + 208) * b[at + 192 + k / 16] * (sixBits(b, at, k) - 32);
        };
    }

    private static int nibble(byte[] b, int at, int k) {
        return k < 16 ? u8(b, at + k) % 16 : u8(b, at + k - 16) / 16;
    }

    /// Two halves of 128: four quarters of 32 share 64 low bytes and 32 high bytes.
    private static int sixBits(byte[] b, int at, int k) {
        int half = k / 128;
        int quarter = k % 128 / 32;
        int column = k % 32;
        int low = u8(b, at + 64 * half + 32 * (quarter % 2) + column) >> 4 * (quarter / 2) & 15;
        int high = u8(b, at + 128 + 32 * half + column) >> 2 * quarter & 3;
        return high * 16 + low;
    }

    private static double fp16(byte[] b, int at) {
        int bits = u16(b, at);
        int exponent = bits >> 10 & 31;
        int fraction = bits & 1023;
        double size = exponent == 0 ? fraction * Math.pow(2, -24) : (1024 + fraction) * Math.pow(2, exponent - 25);
        return bits >> 15 == 1 ? -size : size;
    }

    private static int u16(byte[] b, int at) {
        return u8(b, at) | u8(b, at + 1) << 8;
    }

    private static int u8(byte[] b, int at) {
        return b[at] & 0xff;
    }
}
