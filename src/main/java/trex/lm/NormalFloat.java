package trex.lm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;

/// NF4, the 4-bit NormalFloat (Dettmers et al. 2023, QLoRA, arXiv 2305.14314, appendix E): sixteen
/// quantiles of the normal distribution, scaled by the largest magnitude of each block. The same
/// codes and scales as the library bitsandbytes writes without double quantisation.
final class NormalFloat {
    /// Weights that share a scale.
    static final int BLOCK = 64;

    private static final float[] VALUES = {
        -1.0f, -0.6961928009986877f, -0.5250730514526367f, -0.39491748809814453f,
        -0.28444138169288635f, -0.18477343022823334f, -0.09105003625154495f, 0.0f,
        0.07958029955625534f, 0.16093020141124725f, 0.24611230194568634f, 0.33791524171829224f,
        0.44070982933044434f, 0.5626170039176941f, 0.7229568362236023f, 1.0f
    };

    /// Above the k-th of these the nearest value is the one after the k-th: the middles as
    /// bitsandbytes writes them, of which some round to the other side than the computed ones.
    private static final float[] MIDDLES = {
        -0.8480964004993439f, -0.6106329262256622f, -0.4599952697753906f, -0.33967943489551544f,
        -0.23460740596055984f, -0.13791173323988914f, -0.045525018125772476f, 0.03979014977812767f,
        0.1202552504837513f, 0.2035212516784668f, 0.2920137718319893f, 0.3893125355243683f,
        0.5016634166240692f, 0.6427869200706482f, 0.8614784181118011f
    };

    private NormalFloat() {}

    /// What each byte of two codes stands for, `[256, 2]`.
    static float[] pairs() {
        float[] pairs = new float[2 * 256];
        IntStream.range(0, 256).forEach(code -> {
            pairs[2 * code] = VALUES[code >> 4];
            pairs[2 * code + 1] = VALUES[code & 15];
        });
        return pairs;
    }

    /// Writes one block's codes, the first of two in the upper half of a byte.
    ///
    /// @param weights fp32; what the last block lacks counts as zero
    /// @param largest magnitude of the block
    static void pack(MemorySegment weights, long first, float largest, MemorySegment to, long at) {
        float inverse = largest < Float.MIN_NORMAL ? 0 : 1 / largest;
        long end = weights.byteSize() / Float.BYTES;
        for (int i = 0; i < BLOCK; i += 2) {
            int upper = code(weights, first + i, end, inverse);
            int lower = code(weights, first + i + 1, end, inverse);
            to.set(ValueLayout.JAVA_BYTE, at + i / 2, (byte) (upper << 4 | lower));
        }
    }

    private static int code(MemorySegment weights, long index, long end, float inverse) {
        return nearest(index < end ? weights.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, index) * inverse : 0);
    }

    /// By halving: the number of middles below `x`.
    private static int nearest(float x) {
        int code = 0;
        for (int half = 8; half > 0; half >>= 1) {
            if (x > MIDDLES[code + half - 1]) {
                code += half;
            }
        }
        return code;
    }
}
