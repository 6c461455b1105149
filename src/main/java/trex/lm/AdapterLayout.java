package trex.lm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import trex.model.Method;

/// The order of a model's low-rank adapters in the list that the graph reads: layer by layer, A
/// then B of each adapted projection, and then its magnitudes where there are such.
///
/// @param scale factor of `B A x`
/// @param magnitudes whether an output's length is trained apart from its direction (DoRA)
/// @param frozenLayers lowest layers without adapters
public record AdapterLayout(
        int rank, double scale, List<Projection> projections, boolean magnitudes, int frozenLayers) {
    /// What the names of tensors end in, behind that of the adapted linear layer.
    public static final String A = ".lora_A.weight";

    public static final String B = ".lora_B.weight";
    public static final String MAGNITUDES = ".lora_magnitude_vector";

    public AdapterLayout {
        projections = List.copyOf(projections);
    }

    public static AdapterLayout of(Method.Lora lora, ModelConfig config) {
        Set<Projection> targets = Projection.of(lora.targets(), config);
        return new AdapterLayout(lora.rank(), lora.scale(), targets.stream().sorted().toList(), lora.magnitudes(),
                lora.frozenLayers());
    }

    public AdapterLayout withRank(int changed) {
        return new AdapterLayout(changed, scale, projections, magnitudes, frozenLayers);
    }

    /// Number of tensors of one layer.
    public int layerSize() {
        return each() * projections.size();
    }

    public boolean on(Projection projection) {
        return projections.contains(projection);
    }

    /// Index of a projection's A relative to the layer's first adapter tensor; B follows it, then
    /// the magnitudes.
    public int indexOfA(Projection projection) {
        return each() * projections.indexOf(projection);
    }

    /// Number of tensors of one projection.
    private int each() {
        return magnitudes ? 3 : 2;
    }

    /// All tensors' shapes, rows first, in the graph's order, under the names that they have in a
    /// PEFT adapter file after its prefix.
    public Map<String, long[]> shapes(ModelConfig config) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        for (int layer = frozenLayers; layer < config.layers(); layer++) {
            for (Projection projection : projections) {
                String name = "model.layers." + layer + "." + projection.path();
                shapes.put(name + A, new long[] {rank, projection.in(config)});
                shapes.put(name + B, new long[] {projection.out(config), rank});
                if (magnitudes) {
                    shapes.put(name + MAGNITUDES, new long[] {projection.out(config)});
                }
            }
        }
        return shapes;
    }
}
