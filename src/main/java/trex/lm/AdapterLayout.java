package trex.lm;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import trex.model.Method;

/// The order of a model's low-rank adapters in the list that the graph reads: layer by layer, A
/// then B of each adapted projection.
///
/// @param scale factor of `B A x`
public record AdapterLayout(int rank, double scale, List<Projection> projections) {
    public AdapterLayout {
        projections = List.copyOf(projections);
    }

    public static AdapterLayout of(Method.Lora lora, ModelConfig config) {
        Set<Projection> targets = Projection.of(lora.targets(), config);
        return new AdapterLayout(lora.rank(), lora.scale(), targets.stream().sorted().toList());
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

    /// Names as in a PEFT adapter file without its prefix, in the graph's order.
    public List<String> names(int layers) {
        List<String> names = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            for (Projection projection : projections) {
                names.add("model.layers." + layer + "." + projection.path() + ".lora_A.weight");
                names.add("model.layers." + layer + "." + projection.path() + ".lora_B.weight");
            }
        }
        return names;
    }
}
