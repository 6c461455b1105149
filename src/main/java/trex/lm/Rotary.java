package trex.lm;

/// Frequencies of rotary position embeddings (Su et al. 2021, arXiv 2104.09864).
final class Rotary {
    private Rotary() {}

    /// Those of each kind of layer, `[kinds, headSize / 2]`.
    static float[] frequencies(ModelConfig config) {
        int half = config.headSize() / 2;
        float[] all = new float[config.kinds().size() * half];
        for (int kind = 0; kind < config.kinds().size(); kind++) {
            System.arraycopy(frequencies(config.kinds().get(kind), config.headSize()), 0, all, kind * half, half);
        }
        return all;
    }

    /// `theta ^ (-2 i / headSize)` for each pair of features, `[headSize / 2]`; rounded where
    /// transformers rounds, for an angle is this times a position: one unit in the last place is
    /// a difference of 1e-4 in gradients behind sharp attention.
    private static float[] frequencies(LayerKind kind, int headSize) {
        float[] frequencies = new float[headSize / 2];
        for (int i = 0; i < frequencies.length; i++) {
            float exponent = 2f * i / headSize;
            frequencies[i] = (float) kind.scaling().scaled(1 / (float) Math.pow(kind.ropeTheta(), exponent));
        }
        return frequencies;
    }
}
