package trex.lm;

import java.util.List;

/// What sets a model apart from a plain Llama.
///
/// @param kinds the kinds of its layers; empty where all see everything, with the configuration's
///     own rotary base
/// @param kindOfLayer index into `kinds` for each layer; empty where there is one kind
/// @param queryScale what queries are multiplied by; 0 for the inverse root of the head size
/// @param attentionCap scores are squeezed into `±cap` by a tanh; 0 for not
/// @param logitCap logits are squeezed into `±cap` by a tanh; 0 for not
public record Architecture(
        Family family,
        List<LayerKind> kinds,
        List<Integer> kindOfLayer,
        double queryScale,
        double attentionCap,
        double logitCap) {
    public static final Architecture LLAMA = new Architecture(Family.LLAMA, List.of(), List.of(), 0, 0, 0);

    public Architecture {
        kinds = List.copyOf(kinds);
        kindOfLayer = List.copyOf(kindOfLayer);
        int most = Math.max(kinds.size(), 1);
        for (int kind : kindOfLayer) {
            if (kind < 0 || kind >= most) {
                throw new IllegalArgumentException("model: no kind " + kind + " among " + most + " kinds of layers");
            }
        }
    }
}
