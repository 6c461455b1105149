package trex.lm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A model's tensors in the order in which the graph reads them: embedding, layers, final norm;
/// then, where there are such, the output projection and the learned positions.
public final class WeightLayout {
    public static final String EMBEDDING = "model.embed_tokens.weight";
    public static final String FINAL_NORM = "model.norm.weight";
    public static final String HEAD = "lm_head.weight";
    public static final String POSITIONS = "model.embed_positions.weight";

    private final ModelConfig config;
    private final Map<String, long[]> parts = new LinkedHashMap<>();
    private final List<String> partNames;
    private final List<String> names;
    private final Map<String, long[]> shapes = new LinkedHashMap<>();

    public WeightLayout(ModelConfig config) {
        this.config = config;
        layerParts();
        partNames = List.copyOf(parts.keySet());
        shapes.put(EMBEDDING, new long[] {config.vocabulary(), config.width()});
        for (int layer = 0; layer < config.layers(); layer++) {
            String block = "model.layers." + layer + ".";
            parts.forEach((part, shape) -> shapes.put(block + part, shape));
        }
        norm(shapes, "model.norm", config.width());
        if (!config.tiedEmbeddings()) {
            shapes.put(HEAD, new long[] {config.vocabulary(), config.width()});
        }
        if (config.family().isGpt2()) {
            shapes.put(POSITIONS, new long[] {config.context(), config.width()});
        }
        names = List.copyOf(shapes.keySet());
    }

    private void layerParts() {
        Family family = config.family();
        norm(parts, "input_layernorm", config.width());
        linear(Projection.QUERY);
        linear(Projection.KEY);
        linear(Projection.VALUE);
        if (family.normalisesHeads()) {
            norm(parts, "self_attn.q_norm", config.headSize());
            norm(parts, "self_attn.k_norm", config.headSize());
        }
        linear(Projection.OUTPUT);
        norm(parts, "post_attention_layernorm", config.width());
        if (family.isGemma()) {
            norm(parts, "pre_feedforward_layernorm", config.width());
            norm(parts, "post_feedforward_layernorm", config.width());
        }
        if (family.gated()) {
            linear(Projection.GATE);
        }
        linear(Projection.UP);
        linear(Projection.DOWN);
    }

    private void linear(Projection projection) {
        parts.put(projection.path() + ".weight", new long[] {projection.out(config), projection.in(config)});
        if (config.family().biased(projection)) {
            parts.put(projection.path() + ".bias", new long[] {projection.out(config)});
        }
    }

    private void norm(Map<String, long[]> to, String name, int size) {
        to.put(name + ".weight", new long[] {size});
        if (config.family().isGpt2()) {
            to.put(name + ".bias", new long[] {size});
        }
    }

    /// All tensor names in the graph's order.
    public List<String> names() {
        return names;
    }

    /// The tensors that are trained where the lowest layers stay as they are; the embeddings stay
    /// with these, and so does an output projection that is tied to them.
    ///
    /// @param frozenLayers 0 for every tensor
    public List<String> trainable(int frozenLayers) {
        return frozenLayers == 0
                ? names
                : names.subList(1 + layerSize() * frozenLayers, names.size()).stream()
                        .filter(name -> !name.equals(POSITIONS))
                        .toList();
    }

    /// All tensors' shapes, rows first, in the graph's order.
    public Map<String, long[]> shapes() {
        Map<String, long[]> copy = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> copy.put(name, shape.clone()));
        return copy;
    }

    /// Number of all numbers.
    public long parameters() {
        return shapes.values().stream().mapToLong(shape -> FloatTensor.elements(shape)).sum();
    }

    /// Number of tensors of one layer.
    public int layerSize() {
        return partNames.size();
    }

    /// Index of a layer's part relative to the layer's first tensor.
    public int partIndex(String part) {
        int index = partNames.indexOf(part);
        if (index < 0) {
            throw new IllegalArgumentException("no tensor \"" + part + "\" in a layer");
        }
        return index;
    }

    public int partIndex(Projection projection) {
        return partIndex(projection.path() + ".weight");
    }

    public int finalNormIndex() {
        return names.indexOf(FINAL_NORM);
    }

    /// Index of the learned positions; there must be some.
    public int positionsIndex() {
        return names.indexOf(POSITIONS);
    }

    /// Index of the output projection, which is the embedding where they are tied.
    public int headIndex() {
        return config.tiedEmbeddings() ? 0 : names.indexOf(HEAD);
    }
}
