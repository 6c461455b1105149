package trex.lm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import trex.model.Method;

/// The order of a model's low-rank adapters in the list that the graph reads: layer by layer, A
/// then B of each adapted projection.
///
/// @param scale factor of `B A x`
/// @param frozenLayers lowest layers without adapters
public record AdapterLayout(int rank, double scale, List<Projection> projections, int frozenLayers) {
    public AdapterLayout {
        projections = List.copyOf(projections);
    }

    /// Adapters on every layer.
    public AdapterLayout(int rank, double scale, List<Projection> projections) {
        this(rank, scale, projections, 0);
    }

    public static AdapterLayout of(Method.Lora lora, ModelConfig config) {
        Set<Projection> targets = Projection.of(lora.targets(), config);
        return new AdapterLayout(lora.rank(), lora.scale(), targets.stream().sorted().toList(), lora.frozenLayers());
    }

    /// Number of tensors of one layer.
    public int layerSize() {
        return 2 * projections.size();
    }

    public boolean on(Projection projection) {
        return projections.contains(projection);
    }

    /// Index of a projection's A relative to the layer's first adapter tensor; B follows it.
    public int indexOfA(Projection projection) {
        return 2 * projections.indexOf(projection);
    }

    /// All tensors' shapes, rows first, in the graph's order, under the names that they have in a
    /// PEFT adapter file after its prefix.
    public Map<String, long[]> shapes(ModelConfig config) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        for (int layer = frozenLayers; layer < config.layers(); layer++) {
            for (Projection projection : projections) {
                String name = "model.layers." + layer + "." + projection.path();
                shapes.put(name + ".lora_A.weight", new long[] {rank, projection.in(config)});
                shapes.put(name + ".lora_B.weight", new long[] {projection.out(config), rank});
            }
        }
        return shapes;
    }
}
