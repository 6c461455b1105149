package trex.lm.io;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// How the numbers of a tensor lie in a file: plain, or in blocks that share a scale
/// (layouts of `ggml-common.h`). All are little-endian.
public enum TensorType {
    F32(1, 4) {
        @Override
        void decode(byte[] in, float[] out, int blocks) {
            for (int i = 0; i < blocks; i++) {
                out[i] = Float.intBitsToFloat((int) INT.get(in, 4 * i));
            }
        }

        @Override
        void encode(float[] in, byte[] out, int blocks) {
            for (int i = 0; i < blocks; i++) {
                INT.set(out, 4 * i, Float.floatToRawIntBits(in[i]));
            }
        }
    },
    F16(1, 2) {
        @Override
        void decode(byte[] in, float[] out, int blocks) {
            for (int i = 0; i < blocks; i++) {
                out[i] = half(in, 2 * i);
            }
        }

        @Override
        void encode(float[] in, byte[] out, int blocks) {
            for (int i = 0; i < blocks; i++) {
                SHORT.set(out, 2 * i, Float.floatToFloat16(in[i]));
            }
        }
    },
    BF16(1, 2) {
        @Override
        void decode(byte[] in, float[] out, int blocks) {
            for (int i = 0; i < blocks; i++) {
                out[i] = Float.intBitsToFloat((short) SHORT.get(in, 2 * i) << 16);
            }
        }

        /// Rounds to the nearest, to the even one of two.
        @Override
        void encode(float[] in, byte[] out, int blocks) {
            for (int i = 0; i < blocks; i++) {
                int bits = Float.floatToRawIntBits(in[i]);
                SHORT.set(out, 2 * i, (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16));
            }
        }
    },
    /// fp16 scale d, 32 signed bytes: `d q`.
    Q8_0(32, 34) {
        @Override
        void decode(byte[] in, float[] out, int blocks) {
            for (int b = 0; b < blocks; b++) {
                int at = b * 34;
                float d = half(in, at);
                for (int i = 0; i < 32; i++) {
                    out[b * 32 + i] = d * in[at + 2 + i];
                }
            }
        }

        /// The largest number of a block becomes 127 or -127, as in llama.cpp.
        @Override
        void encode(float[] in, byte[] out, int blocks) {
            for (int b = 0; b < blocks; b++) {
                float largest = 0;
                for (int i = 0; i < 32; i++) {
                    largest = Math.max(largest, Math.abs(in[b * 32 + i]));
                }
                float d = largest / 127;
                float inverse = d == 0 ? 0 : 1 / d;
                SHORT.set(out, b * 34, Float.floatToFloat16(d));
                for (int i = 0; i < 32; i++) {
                    float scaled = in[b * 32 + i] * inverse;
                    out[b * 34 + 2 + i] = (byte) (Math.signum(scaled) * Math.floor(Math.abs(scaled) + 0.5f));
                }
            }
        }
    },
    /// fp16 scale d, 32 nibbles, the low ones first: `d (q - 8)`.
    Q4_0(32, 18) {
        @Override
        void decode(byte[] in, float[] out, int blocks) {
            for (int b = 0; b < blocks; b++) {
                int at = b * 18;
                float d = half(in, at);
                for (int i = 0; i < 16; i++) {
                    int q = in[at + 2 + i];
                    out[b * 32 + i] = d * ((q & 15) - 8);
                    out[b * 32 + 16 + i] = d * ((q >> 4 & 15) - 8);
                }
            }
        }
    },
    /// fp16 scale d, fp16 offset m, 32 nibbles, the low ones first: `d q + m`.
    Q4_1(32, 20) {
        @Override
        void decode(byte[] in, float[] out, int blocks) {
            for (int b = 0; b < blocks; b++) {
                int at = b * 20;
                float d = half(in, at);
                float m = half(in, at + 2);
                for (int i = 0; i < 16; i++) {
                    int q = in[at + 4 + i];
                    out[b * 32 + i] = d * (q & 15) + m;
                    out[b * 32 + 16 + i] = d * (q >> 4 & 15) + m;
                }
            }
        }
    },
    /// 128 bytes of low nibbles, 64 bytes of high bit pairs, 16 signed scales of 16 numbers each,
    /// fp16 scale d: `d s (q - 32)`.
    Q6_K(256, 210) {
        @Override
        void decode(byte[] in, float[] out, int blocks) {
            for (int b = 0; b < blocks; b++) {
                float d = half(in, b * 210 + 208);
                halfBlock(in, b * 210, b * 210 + 128, b * 210 + 192, d, out, b * 256);
                halfBlock(in, b * 210 + 64, b * 210 + 160, b * 210 + 200, d, out, b * 256 + 128);
            }
        }

        private void halfBlock(byte[] in, int low, int high, int scales, float d, float[] out, int to) {
            for (int i = 0; i < 32; i++) {
                int s = scales + i / 16;
                int h = in[high + i];
                int first = in[low + i];
                int second = in[low + 32 + i];
                out[to + i] = d * in[s] * ((first & 15 | (h & 3) << 4) - 32);
                out[to + 32 + i] = d * in[s + 2] * ((second & 15 | (h >> 2 & 3) << 4) - 32);
                out[to + 64 + i] = d * in[s + 4] * ((first >> 4 & 15 | (h >> 4 & 3) << 4) - 32);
                out[to + 96 + i] = d * in[s + 6] * ((second >> 4 & 15 | (h >> 6 & 3) << 4) - 32);
            }
        }
    };

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int CHUNK = 1 << 14;
    private static final int INFINITE = 0x7f80_0000;

    private final int blockElements;
    private final int blockBytes;

    TensorType(int blockElements, int blockBytes) {
        this.blockElements = blockElements;
        this.blockBytes = blockBytes;
    }

    /// Elements that share a scale; a row is a whole number of blocks.
    public int blockElements() {
        return blockElements;
    }

    /// Bytes of `elements` numbers, which must be whole blocks.
    ///
    /// @throws ArithmeticException if that is more than a `long` holds
    public long bytes(long elements) {
        if (elements % blockElements != 0) {
            throw new IllegalArgumentException(elements + " elements are no whole blocks of " + blockElements);
        }
        return Math.multiplyExact(elements / blockElements, (long) blockBytes);
    }

    /// Decodes all of `source` into `target`, fp32 in native byte order.
    ///
    /// @return whether every number is finite
    boolean decode(MemorySegment source, MemorySegment target) {
        int step = CHUNK / blockElements;
        byte[] in = new byte[step * blockBytes];
        float[] out = new float[step * blockElements];
        long blocks = source.byteSize() / blockBytes;
        boolean finite = true;
        for (long at = 0; at < blocks; at += step) {
            int now = (int) Math.min(step, blocks - at);
            MemorySegment.copy(source, JAVA_BYTE, at * blockBytes, in, 0, now * blockBytes);
            decode(in, out, now);
            finite &= finite(out, now * blockElements);
            MemorySegment.copy(out, 0, target, ValueLayout.JAVA_FLOAT_UNALIGNED, at * blockElements * 4,
                    now * blockElements);
        }
        return finite;
    }

    abstract void decode(byte[] in, float[] out, int blocks);

    /// Encodes all of `source`, fp32 in native byte order, into `target`.
    ///
    /// @throws UnsupportedOperationException for a format that is only read
    void encode(MemorySegment source, MemorySegment target) {
        int step = CHUNK / blockElements;
        float[] in = new float[step * blockElements];
        byte[] out = new byte[step * blockBytes];
        long blocks = target.byteSize() / blockBytes;
        for (long at = 0; at < blocks; at += step) {
            int now = (int) Math.min(step, blocks - at);
            MemorySegment.copy(source, ValueLayout.JAVA_FLOAT_UNALIGNED, at * blockElements * 4, in, 0, now * blockElements);
            encode(in, out, now);
            MemorySegment.copy(out, 0, target, JAVA_BYTE, at * blockBytes, now * blockBytes);
        }
    }

    void encode(float[] in, byte[] out, int blocks) {
        throw new UnsupportedOperationException("tensors are not written as " + this);
    }

    private static boolean finite(float[] numbers, int count) {
        int largest = 0;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, Float.floatToRawIntBits(numbers[i]) & Integer.MAX_VALUE);
        }
        return largest < INFINITE;
    }

    private static float half(byte[] in, int at) {
        return Float.float16ToFloat((short) SHORT.get(in, at));
    }
}
