package trex.lm;

import java.util.SplittableRandom;

/// Uniform noise on what enters the first layer while training (NEFTune, Jain et al. 2023, arXiv
/// 2310.05914): each number lies in `±alpha / sqrt(length * width)`, where the length is that of the
/// batch's longest text. A token that several texts begin with is computed once and has one noise
/// for all of them.
///
/// @param alpha above 0
/// @param seed the same one gives the same noise
public record EmbeddingNoise(double alpha, long seed) {
    private static final float STEP = 0x1p-23f;

    public EmbeddingNoise {
        if (!(alpha > 0)) {
            throw new IllegalArgumentException("noise: alpha must be above 0, got " + alpha);
        }
    }

    /// @return a row a token, `[tokens * width]`
    float[] on(PackedBatch batch, int width) {
        int longest = 0;
        for (int position : batch.positions()) {
            longest = Math.max(longest, position + 1);
        }
        float scale = (float) (alpha / Math.sqrt((double) longest * width)) * STEP;
        SplittableRandom random = new SplittableRandom(seed);
        float[] noise = new float[Math.multiplyExact(batch.tokens(), width)];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = scale * (random.nextInt() >> Byte.SIZE); // 24 bits: exact as a float
        }
        return noise;
    }
}
