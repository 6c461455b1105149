package trex.lm;

import java.util.List;

/// The shape of a decoder.
///
/// @param vocabulary number of token ids
/// @param width size of the residual stream
/// @param heads query heads
/// @param keyValueHeads key and value heads; divides `heads`
/// @param headSize size of one head; `width / heads` in most files
/// @param inner width of the SwiGLU layer
/// @param context longest sequence in tokens
/// @param normEpsilon epsilon of RMSNorm
/// @param ropeTheta base of the rotary frequencies
/// @param tiedEmbeddings whether the output projection is the embedding
/// @param architecture what sets it apart from a plain Llama
public record ModelConfig(
        int vocabulary,
        int width,
        int layers,
        int heads,
        int keyValueHeads,
        int headSize,
        int inner,
        int context,
        double normEpsilon,
        double ropeTheta,
        boolean tiedEmbeddings,
        Architecture architecture) {
    public ModelConfig {
        refuseBelowOne("vocabulary", vocabulary);
        refuseBelowOne("width", width);
        refuseBelowOne("layers", layers);
        refuseBelowOne("heads", heads);
        refuseBelowOne("keyValueHeads", keyValueHeads);
        refuseBelowOne("headSize", headSize);
        refuseBelowOne("inner", inner);
        refuseBelowOne("context", context);
        refuseUnlessPositive("normEpsilon", normEpsilon);
        refuseUnlessPositive("ropeTheta", ropeTheta);
        if (heads % keyValueHeads != 0) {
            throw new IllegalArgumentException(
                    "model: " + heads + " heads cannot share " + keyValueHeads + " key-value heads evenly");
        }
        if (!architecture.kindOfLayer().isEmpty() && architecture.kindOfLayer().size() != layers) {
            throw new IllegalArgumentException("model: " + architecture.kindOfLayer().size() + " kinds for " + layers + " layers");
        }
        if (headSize % 2 != 0) {
            throw new IllegalArgumentException("model: rotary embeddings need an even head size, got " + headSize);
        }
    }

    /// A plain Llama.
    public ModelConfig(
            int vocabulary,
            int width,
            int layers,
            int heads,
            int keyValueHeads,
            int headSize,
            int inner,
            int context,
            double normEpsilon,
            double ropeTheta,
            boolean tiedEmbeddings) {
        this(vocabulary, width, layers, heads, keyValueHeads, headSize, inner, context, normEpsilon, ropeTheta,
                tiedEmbeddings, Architecture.LLAMA);
    }

    public Family family() {
        return architecture.family();
    }

    /// The kinds of its layers, at least one.
    public List<LayerKind> kinds() {
        return architecture.kinds().isEmpty()
                ? List.of(new LayerKind(0, ropeTheta, new RopeScaling.None()))
                : architecture.kinds();
    }

    /// What queries are multiplied by.
    public double queryScale() {
        return architecture.queryScale() > 0 ? architecture.queryScale() : 1 / Math.sqrt(headSize);
    }

    private static void refuseBelowOne(String field, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("model: " + field + " must be at least 1, got " + value);
        }
    }

    private static void refuseUnlessPositive(String field, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("model: " + field + " must be a number above 0, got " + value);
        }
    }
}
