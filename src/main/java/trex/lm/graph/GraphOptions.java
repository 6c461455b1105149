package trex.lm.graph;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import trex.lm.AdapterLayout;
import trex.lm.JointProjection;
import trex.lm.ModelConfig;
import trex.lm.Products;
import trex.lm.Projection;
import trex.lm.WeightLayout;
import trex.model.Quantization;

/// What the text is generated for: everything that is known before the first token.
///
/// @param adapters null where there are none
/// @param bf16 whether activations are bf16
/// @param trainsWeights whether weights themselves are trained; these are then fp32 and, with
///     bf16 activations, rounded where they are used
/// @param frozenLayers lowest layers of which nothing is trained, embeddings included
/// @param base how the linear layers' weights are kept; quantised only where there are adapters
/// @param matrices how the linear layers' weights lie
/// @param products what multiplies fp32 matrices that are not packed
/// @param fused whether attention is the library's own kernel, as graphics processors have it, and not
///     products of matrices
public record GraphOptions(
        ModelConfig config,
        @Nullable AdapterLayout adapters,
        boolean bf16,
        boolean trainsWeights,
        int frozenLayers,
        Quantization base,
        Matrices matrices,
        Products products,
        boolean fused) {
    public GraphOptions {
        if (base != Quantization.NONE && adapters == null) {
            throw new IllegalArgumentException("graph: a " + base + " base cannot be trained itself and has no adapters");
        }
        if (matrices != Matrices.APART && (trainsWeights || base != Quantization.NONE)) {
            throw new IllegalArgumentException("graph: " + matrices + " weights are neither trained nor quantised");
        }
    }

    boolean trainsEmbedding() {
        return trainsWeights && frozenLayers == 0;
    }

    /// A tied head is the embedding, and stays with it.
    boolean trainsHead() {
        return trainsEmbedding() || trainsWeights && !config.tiedEmbeddings();
    }

    WeightLayout layout() {
        return new WeightLayout(config);
    }

    /// Number of queries that share one key-value head.
    int group() {
        return config.heads() / config.keyValueHeads();
    }

    /// Torch's number of the activations' type.
    int activationType() {
        return bf16 ? ScalarType.BF16 : ScalarType.FP32;
    }

    /// A weight, in the activations' type.
    ///
    /// @param index expression
    String weight(String index) {
        return "W[" + index + "]" + (roundsWeights() ? ".to(" + ScalarType.BF16 + ")" : "");
    }

    String weight(int index) {
        return weight(Integer.toString(index));
    }

    /// A tensor of the layer whose first tensor has index `o`.
    String layerWeight(String part) {
        return weight("o + " + layout().partIndex(part));
    }

    /// A projection of `x`, with its bias and its adapter if it has them.
    String linear(Projection projection, String x) {
        return gained(projection, sum(projection, x));
    }

    /// The same before what magnitudes do to it.
    String sum(Projection projection, String x) {
        String plain = joint(projection).map(j -> part(j, projection)).orElseGet(() -> plain(projection, x));
        return adapters == null || !adapters.on(projection)
                ? plain
                : "self.adapted(%s, %s, P, p + %d)".formatted(x, plain, adapters.indexOfA(projection));
    }

    /// A sum times its gains, where they are trained; they do not scale the bias.
    String gained(Projection projection, String sum) {
        if (adapters == null || !adapters.magnitudes() || !adapters.on(projection)) {
            return sum;
        }
        String gained = "self.gain(%s, P, p + %d)".formatted(sum, adapters.indexOfA(projection));
        return config.family().biased(projection)
                ? "torch.add(" + gained + ", " + layerWeight(projection.path() + ".bias") + ")"
                : gained;
    }

    private String plain(Projection projection, String x) {
        String weight = layerWeight(projection.path() + ".weight");
        return product(x, dense(weight, projection, activationType()), bias(projection));
    }

    /// The bias that a projection's product takes, or `None`.
    String bias(Projection projection) {
        boolean last = trainsMagnitudes() && adapters != null && adapters.on(projection);
        return config.family().biased(projection) && !last ? layerWeight(projection.path() + ".bias") : "None";
    }

    /// A matrix as it is, or widened in a type where the base is quantised.
    String dense(String weight, Projection projection, int type) {
        return base == Quantization.NONE
                ? weight + (type == activationType() ? "" : ".to(" + type + ")")
                : "self.dense(%s, %d, %d, W, %d)".formatted(weight, projection.out(config), projection.in(config), type);
    }

    Optional<JointProjection> joint(Projection projection) {
        return matrices != Matrices.APART
                ? JointProjection.of(config).stream().filter(j -> j.parts().contains(projection)).findFirst()
                : Optional.empty();
    }

    private String part(JointProjection joint, Projection part) {
        int from = joint.above(part, config);
        return "torch.slice(joint, 1, %d, %d)".formatted(from, from + part.out(config));
    }

    /// A line of the text, indented, that multiplies `x` by a joint matrix, of which [#linear] then
    /// takes its part; or none where each has its own.
    ///
    /// @param first of the joint projections
    String jointLine(Projection first, String x) {
        String bias = config.family().biased(first) ? layerWeight(first.path() + ".bias") : "None";
        return joint(first)
                .map(j -> "    joint = " + product(x, layerWeight(first.path() + ".weight"), bias) + "\n")
                .orElse("");
    }

    boolean trainsMagnitudes() {
        return adapters != null && adapters.magnitudes();
    }

    /// Index of the first adapter of layer `i`; negative where the layer has none.
    String firstAdapter() {
        return (adapters == null ? 0 : adapters.layerSize()) + " * (i - " + frozenLayers + ")";
    }

    boolean packed() {
        return matrices == Matrices.PACKED;
    }

    /// What multiplies plain matrices.
    private Products plainly() {
        return bf16 ? Products.LIBRARY : products;
    }

    /// `x` times a weight's transpose, plus a bias that may be `None`.
    String product(String x, String weight, String bias) {
        return (packed() ? Products.ONEDNN : plainly()).of(x, weight, bias);
    }

    /// The same with a weight that is plain whatever the others are.
    String plainProduct(String x, String weight) {
        return plainly().of(x, weight, "None");
    }

    /// `y` times a weight: the gradient of the input where `y` is that of the product.
    String transposedProduct(String y, String weight) {
        return plainly() == Products.LIBRARY
                ? "torch.matmul(" + y + ", " + weight + ")"
                : plainly().of(y, "torch.t(" + weight + ")", "None");
    }

    /// A statement that adds a weight's gradient, `y`'s transpose times `x`, to those collected in `d`.
    String collected(String d, String y, String x) {
        String transposed = "torch.t(" + y + ")";
        if (plainly() == Products.ONEDNN) {
            return d + ".add_(" + plainly().of(transposed, "torch.t(" + x + ")", "None") + ")";
        }
        return bf16 ? d + ".add_(torch.matmul(" + transposed + ", " + x + "))" : d + ".addmm_(" + transposed + ", " + x + ")";
    }

    /// Whether weights are rounded where they are used.
    boolean roundsWeights() {
        return trainsWeights && bf16;
    }

    double adapterScale() {
        return adapters == null ? 0 : adapters.scale();
    }

    /// A norm of the layer, over the last dimension of `x`.
    String layerNorm(String name, String x) {
        String bias = config.family().isGpt2() ? ", " + layerWeight(name + ".bias") : "";
        return "self.norm(%s, %s%s)".formatted(x, layerWeight(name + ".weight"), bias);
    }

    String finalNorm(String x) {
        int index = layout().finalNormIndex();
        return "self.norm(%s, %s%s)".formatted(x, weight(index), config.family().isGpt2() ? ", " + weight(index + 1) : "");
    }

    /// What embeddings are multiplied by: 1, or Gemma's root of the width.
    double embeddingScale() {
        return config.family().isGemma() ? Math.sqrt(config.width()) : 1;
    }

    /// Logits of `x`, in fp32.
    String logits(String x) {
        // A packed embedding could not be read by its rows, so the output projection is another.
        int head = packed() && config.tiedEmbeddings() ? layout().names().size() : layout().headIndex();
        String logits = product(x, weight(head), "None") + ".to(6)";
        return capped(logits, config.architecture().logitCap());
    }

    /// `x` squeezed into `±cap`, or as it is.
    static String capped(String x, double cap) {
        return cap == 0 ? x : "torch.mul(torch.tanh(torch.mul(" + x + ", " + 1 / cap + ")), " + cap + ")";
    }
}
