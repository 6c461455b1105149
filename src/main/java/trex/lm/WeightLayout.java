package trex.lm;

import java.util.ArrayList;
import java.util.List;

/// The order of a model's tensors in the list that the graph reads: embedding, layers, final norm
/// and, where it is not tied to the embedding, the output projection.
public final class WeightLayout {
    public static final String EMBEDDING = "model.embed_tokens.weight";
    public static final String FINAL_NORM = "model.norm.weight";
    public static final String HEAD = "lm_head.weight";

    private final ModelConfig config;
    private final List<String> layerParts;

    public WeightLayout(ModelConfig config) {
        this.config = config;
        this.layerParts = List.of(
                "input_layernorm.weight",
                weight(Projection.QUERY),
                weight(Projection.KEY),
                weight(Projection.VALUE),
                weight(Projection.OUTPUT),
                "post_attention_layernorm.weight",
                weight(Projection.GATE),
                weight(Projection.UP),
                weight(Projection.DOWN));
    }

    private static String weight(Projection projection) {
        return projection.path() + ".weight";
    }

    /// All tensor names in the graph's order.
    public List<String> names() {
        List<String> names = new ArrayList<>();
        names.add(EMBEDDING);
        for (int layer = 0; layer < config.layers(); layer++) {
            for (String part : layerParts) {
                names.add("model.layers." + layer + "." + part);
            }
        }
        names.add(FINAL_NORM);
        if (!config.tiedEmbeddings()) {
            names.add(HEAD);
        }
        return names;
    }

    /// Number of tensors of one layer.
    public int layerSize() {
        return layerParts.size();
    }

    /// Index of a layer's part relative to the layer's first tensor.
    public int partIndex(String part) {
        int index = layerParts.indexOf(part);
        if (index < 0) {
            throw new IllegalArgumentException("no tensor \"" + part + "\" in a layer");
        }
        return index;
    }

    public int partIndex(Projection projection) {
        return partIndex(weight(projection));
    }

    public int finalNormIndex() {
        return 1 + config.layers() * layerParts.size();
    }

    /// Index of the output projection, which is the embedding where they are tied.
    public int headIndex() {
        return config.tiedEmbeddings() ? 0 : finalNormIndex() + 1;
    }
}
