package trex.lm;

/// Frequencies of rotary position embeddings (Su et al. 2021, arXiv 2104.09864).
final class Rotary {
    private Rotary() {}

    /// `theta ^ (-2 i / headSize)` for each pair of features, `[headSize / 2]`; rounded where
    /// transformers rounds, for an angle is this times a position: one unit in the last place is
    /// a difference of 1e-4 in gradients behind sharp attention.
    static float[] frequencies(ModelConfig config) {
        float[] frequencies = new float[config.headSize() / 2];
        for (int i = 0; i < frequencies.length; i++) {
            float exponent = 2f * i / config.headSize();
            frequencies[i] = 1 / (float) Math.pow(config.ropeTheta(), exponent);
        }
        return frequencies;
    }
}
