package trex.lm.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trex.lm.Family;
import trex.lm.ModelConfig;
import trex.lm.ModelWeights;
import trex.lm.Projection;
import trex.lm.UnreadableModel;
import trex.lm.WeightLayout;

/// A model's tensors as the Hugging Face folder of a family that stacks its linear layers holds
/// them: the way back of [HuggingFaceNames]. GPT-2's matrices lie with inputs as rows.
final class StackedTensors {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    private static final Map<String, String> GPT2_NAMES = Map.of(
            "model.embed_tokens.", "transformer.wte.",
            "model.embed_positions.", "transformer.wpe.",
            "model.norm.", "transformer.ln_f.",
            "model.layers.", "transformer.h.",
            ".input_layernorm.", ".ln_1.",
            ".post_attention_layernorm.", ".ln_2.");

    private final ModelWeights weights;
    private final ModelConfig config;
    private final Family family;
    private final TensorType type;

    private StackedTensors(ModelWeights weights, TensorType type) {
        this.weights = weights;
        this.config = weights.config();
        this.family = config.family();
        this.type = type;
    }

    static List<StoredTensor> of(ModelWeights weights, TensorType type) {
        return new StackedTensors(weights, type).all();
    }

    private List<StoredTensor> all() {
        List<StoredTensor> all = new ArrayList<>();
        for (String name : new WeightLayout(config).names()) {
            if (!isLinear(name)) {
                all.add(new StoredTensor(renamed(name), type, weights.shape(name), target -> weights.copyTo(name, target)));
            }
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            for (Stacking stacking : Stacking.of(family)) {
                all.add(weight(stacking, layer));
                bias(stacking, layer).ifPresent(all::add);
            }
        }
        return all;
    }

    static boolean isLinear(String name) {
        return List.of(Projection.values()).stream().anyMatch(p -> name.contains("." + p.path() + "."));
    }

    private String renamed(String name) {
        String renamed = name;
        if (family.isGpt2()) {
            for (Map.Entry<String, String> part : GPT2_NAMES.entrySet()) {
                renamed = renamed.replace(part.getKey(), part.getValue());
            }
        }
        return renamed;
    }

    private StoredTensor weight(Stacking stacking, int layer) {
        long rows = stacking.rows(config);
        long columns = stacking.columns(config);
        String name = Stacking.block(family, layer) + stacking.name() + ".weight";
        return family.isGpt2()
                ? new StoredTensor(name, type, new long[] {columns, rows},
                        target -> turned(stacking, layer, (int) rows, (int) columns, target))
                : new StoredTensor(name, type, new long[] {rows, columns},
                        target -> stack(weights, stacking, layer, ".weight", target));
    }

    private Optional<StoredTensor> bias(Stacking stacking, int layer) {
        return family.biased(stacking.parts().getFirst())
                ? Optional.of(new StoredTensor(Stacking.block(family, layer) + stacking.name() + ".bias", type,
                        new long[] {stacking.rows(config)}, target -> stack(weights, stacking, layer, ".bias", target)))
                : Optional.empty();
    }

    /// Puts the parts of one tensor one above the other.
    ///
    /// @param end `.weight` or `.bias`
    static void stack(ModelWeights weights, Stacking stacking, int layer, String end, MemorySegment target)
            throws UnreadableModel {
        long from = 0;
        for (Projection part : stacking.parts()) {
            String name = "model.layers." + layer + "." + part.path() + end;
            long bytes = Float.BYTES * MappedTensor.elements(weights.shape(name));
            weights.copyTo(name, target.asSlice(from, bytes));
            from += bytes;
        }
    }

    private void turned(Stacking stacking, int layer, int rows, int columns, MemorySegment target) throws UnreadableModel {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment upright = arena.allocate((long) Float.BYTES * rows * columns, Float.BYTES);
            stack(weights, stacking, layer, ".weight", upright);
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    target.setAtIndex(FLOAT, (long) column * rows + row, upright.getAtIndex(FLOAT, (long) row * columns + column));
                }
            }
        }
    }
}
