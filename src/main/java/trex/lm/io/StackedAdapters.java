package trex.lm.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import trex.lm.AdapterLayout;
import trex.lm.FloatTensor;
import trex.lm.ModelConfig;
import trex.lm.Projection;

/// Adapters as PEFT holds them for a family that stacks its linear layers. Several adapters on the
/// parts of one layer become one on the layer: their As one below the other, their Bs each in its
/// part's rows and its own columns, zeros elsewhere, so that `B A` is the same. All get the rank of
/// the largest, for a folder states one.
public final class StackedAdapters {
    private final ModelConfig config;
    private final Map<String, FloatTensor> tensors = new LinkedHashMap<>();

    private StackedAdapters(ModelConfig config, List<FloatTensor> tensors) {
        this.config = config;
        tensors.forEach(t -> this.tensors.put(t.name(), t));
    }

    /// What target modules are called.
    static List<String> modules(ModelConfig config, AdapterLayout layout) {
        return adapted(config, layout).stream().map(Stacking::name).toList();
    }

    private static List<Stacking> adapted(ModelConfig config, AdapterLayout layout) {
        return Stacking.of(config.family()).stream().filter(s -> s.parts().stream().anyMatch(layout::on)).toList();
    }

    /// Rank of every stacked adapter.
    static int rank(ModelConfig config, AdapterLayout layout) {
        return adapted(config, layout).stream()
                .mapToInt(s -> layout.rank() * (int) s.parts().stream().filter(layout::on).count())
                .max()
                .orElseThrow();
    }

    /// @param apart under canonical names, without magnitudes
    /// @return under the family's own names
    static List<FloatTensor> stacked(ModelConfig config, AdapterLayout layout, List<FloatTensor> apart) {
        StackedAdapters adapters = new StackedAdapters(config, apart);
        int rank = rank(config, layout);
        List<FloatTensor> stacked = new ArrayList<>();
        for (int layer = layout.frozenLayers(); layer < config.layers(); layer++) {
            for (Stacking stacking : adapted(config, layout)) {
                stacked.addAll(adapters.stacked(stacking, layer, rank));
            }
        }
        return stacked;
    }

    private List<FloatTensor> stacked(Stacking stacking, int layer, int rank) {
        int in = stacking.columns(config);
        int rows = stacking.rows(config);
        float[] a = new float[rank * in];
        float[] b = new float[rows * rank];
        int used = 0;
        int top = 0;
        for (Projection part : stacking.parts()) {
            FloatTensor first = tensors.get(canonical(layer, part) + AdapterLayout.A);
            if (first != null) {
                int own = (int) first.shape()[0];
                System.arraycopy(first.toArray(), 0, a, used * in, own * in);
                float[] second = found(canonical(layer, part) + AdapterLayout.B).toArray();
                for (int row = 0; row < part.out(config); row++) {
                    System.arraycopy(second, row * own, b, (top + row) * rank + used, own);
                }
                used += own;
            }
            top += part.out(config);
        }
        String name = Stacking.block(config.family(), layer) + stacking.name();
        return List.of(
                new FloatTensor(name + AdapterLayout.A, new long[] {rank, in}, a),
                new FloatTensor(name + AdapterLayout.B, new long[] {rows, rank}, b));
    }

    /// @param stacked under the family's own names; others are left as they are
    /// @return under canonical names: each part with its layer's whole A, and its own rows of B
    public static List<FloatTensor> apart(ModelConfig config, List<FloatTensor> stacked) {
        if (config.family().storedApart()) {
            return stacked;
        }
        StackedAdapters adapters = new StackedAdapters(config, stacked);
        List<FloatTensor> apart = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            for (Stacking stacking : Stacking.of(config.family())) {
                apart.addAll(adapters.apart(stacking, layer));
            }
        }
        apart.addAll(adapters.tensors.values());
        return apart;
    }

    private List<FloatTensor> apart(Stacking stacking, int layer) {
        String name = Stacking.block(config.family(), layer) + stacking.name();
        FloatTensor a = taken(name + AdapterLayout.A);
        FloatTensor b = taken(name + AdapterLayout.B);
        if (a == null || b == null || b.shape()[0] != stacking.rows(config)) {
            return Stream.of(a, b).filter(Objects::nonNull).toList();
        }
        int rank = (int) a.shape()[0];
        List<FloatTensor> apart = new ArrayList<>();
        int top = 0;
        for (Projection part : stacking.parts()) {
            int rows = part.out(config);
            float[] own = Arrays.copyOfRange(b.toArray(), top * rank, (top + rows) * rank);
            apart.add(new FloatTensor(canonical(layer, part) + AdapterLayout.A, a.shape(), a.values()));
            apart.add(new FloatTensor(canonical(layer, part) + AdapterLayout.B, new long[] {rows, rank}, own));
            top += rows;
        }
        return apart;
    }

    private @Nullable FloatTensor taken(String name) {
        return tensors.remove(name);
    }

    private FloatTensor found(String name) {
        FloatTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("adapter: there is an A and no " + name);
        }
        return tensor;
    }

    private static String canonical(int layer, Projection part) {
        return "model.layers." + layer + "." + part.path();
    }
}
