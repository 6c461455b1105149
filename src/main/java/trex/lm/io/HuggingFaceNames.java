package trex.lm.io;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trex.lm.ModelConfig;
import trex.lm.Projection;

/// Takes the tensors of a Hugging Face folder apart into those that a model has here. Most
/// families' folders have them as they are; Phi-3 stacks projections, and GPT-2 also transposes
/// them and calls everything otherwise.
final class HuggingFaceNames {
    private final ModelConfig config;
    private final Map<String, MappedTensor> stored;
    private final Map<String, MappedTensor> apart = new LinkedHashMap<>();

    private HuggingFaceNames(ModelConfig config, Map<String, MappedTensor> stored) {
        this.config = config;
        this.stored = stored;
    }

    /// @param stored as the files name them
    /// @return under canonical names; tensors that have no place keep their own
    static Map<String, MappedTensor> canonical(ModelConfig config, Map<String, MappedTensor> stored) {
        HuggingFaceNames names = new HuggingFaceNames(config, new LinkedHashMap<>(stored));
        switch (config.family()) {
            case PHI3 -> names.phi3();
            case GPT2 -> names.gpt2();
            case LLAMA, MISTRAL, QWEN2, QWEN3, GEMMA2, GEMMA3 -> { }
        }
        names.apart.putAll(names.stored);
        return names.apart;
    }

    private void phi3() {
        for (int layer = 0; layer < config.layers(); layer++) {
            String block = "model.layers." + layer + ".";
            for (Stacking stacking : Stacking.of(config.family())) {
                if (stacking.parts().size() > 1) {
                    rows(block + stacking.name() + ".weight", block, ".weight", stacking.parts());
                }
            }
        }
    }

    private void gpt2() {
        stored.keySet().removeIf(name -> name.endsWith(".attn.bias") || name.endsWith(".attn.masked_bias")); // masks
        rename("wte.weight", "model.embed_tokens.weight");
        rename("wpe.weight", "model.embed_positions.weight");
        both("ln_f", "model.norm");
        for (int layer = 0; layer < config.layers(); layer++) {
            String from = "h." + layer + ".";
            String to = "model.layers." + layer + ".";
            both(from + "ln_1", to + "input_layernorm");
            both(from + "ln_2", to + "post_attention_layernorm");
            for (Stacking stacking : Stacking.of(config.family())) {
                columns(from + stacking.name(), to, stacking.parts());
            }
        }
    }

    private void both(String from, String to) {
        rename(from + ".weight", to + ".weight");
        rename(from + ".bias", to + ".bias");
    }

    private void rename(String from, String to) {
        MappedTensor tensor = taken(from);
        if (tensor != null) {
            apart.put(to, tensor);
        }
    }

    /// Some files begin all names with `transformer.`.
    private @org.jspecify.annotations.Nullable MappedTensor taken(String name) {
        MappedTensor tensor = stored.remove("transformer." + name);
        return tensor == null ? stored.remove(name) : tensor;
    }

    private void columns(String from, String block, List<Projection> parts) {
        rows(from + ".bias", block, ".bias", parts);
        MappedTensor tensor = taken(from + ".weight");
        if (tensor == null || tensor.shape().length != 2) {
            return;
        }
        long column = 0;
        for (Projection part : parts) {
            long out = part.out(config);
            if (column + out <= tensor.shape()[1]) {
                apart.put(block + part.path() + ".weight", tensor.columns(column, out));
            }
            column += out;
        }
    }

    /// Where a tensor has too few rows its parts are missing, which the model's reader reports.
    private void rows(String from, String block, String end, List<Projection> parts) {
        MappedTensor tensor = taken(from);
        long row = 0;
        for (Projection part : parts) {
            long out = part.out(config);
            if (tensor != null && row + out <= tensor.shape()[0]) {
                apart.put(block + part.path() + end, tensor.rows(row, out));
            }
            row += out;
        }
    }
}
