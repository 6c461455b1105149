package trex.lm.graph;

import org.jspecify.annotations.Nullable;
import trex.lm.AdapterLayout;
import trex.lm.ModelConfig;
import trex.lm.Projection;
import trex.lm.WeightLayout;

/// What the text is generated for: everything that is known before the first token.
///
/// @param adapters null where there are none
/// @param bf16 whether activations are bf16
/// @param trainsWeights whether the weights themselves are trained; they are then fp32 and, with
///     bf16 activations, rounded where they are used
public record GraphOptions(
        ModelConfig config, @Nullable AdapterLayout adapters, boolean bf16, boolean trainsWeights) {
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
        return "W[" + index + "]" + (trainsWeights && bf16 ? ".to(" + ScalarType.BF16 + ")" : "");
    }

    String weight(int index) {
        return weight(Integer.toString(index));
    }

    /// A tensor of the layer whose first tensor has index `o`.
    String layerWeight(String part) {
        return weight("o + " + layout().partIndex(part));
    }

    /// A projection of `x`, with its adapter if it has one.
    String linear(Projection projection, String x) {
        String weight = weight("o + " + layout().partIndex(projection));
        if (adapters == null || !adapters.on(projection)) {
            return "torch.linear(" + x + ", " + weight + ")";
        }
        int a = adapters.indexOfA(projection);
        String cast = bf16 ? ".to(" + ScalarType.BF16 + ")" : "";
        return "self.adapted(%s, %s, P[p + %d]%s, P[p + %d]%s)".formatted(x, weight, a, cast, a + 1, cast);
    }

    int adaptersPerLayer() {
        return adapters == null ? 0 : adapters.layerSize();
    }
}
