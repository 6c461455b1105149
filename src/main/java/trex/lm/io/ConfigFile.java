package trex.lm.io;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import trex.json.Json;
import trex.lm.Family;
import trex.lm.LayerKind;
import trex.lm.ModelConfig;
import trex.lm.RopeScaling;

/// States a model's shape as `config.json` does, without the ids of special tokens. The older
/// names of fields, which all versions of transformers read.
public final class ConfigFile {
    private final ModelConfig config;
    private final ObjectNode node = Json.mapper().createObjectNode();

    private ConfigFile(ModelConfig config) {
        this.config = config;
    }

    /// @param type `F32`, `F16` or `BF16`
    public static ObjectNode of(ModelConfig config, TensorType type) {
        ConfigFile file = new ConfigFile(config);
        file.kind(type);
        if (config.family().isGpt2()) {
            file.gpt2();
        } else {
            file.shape();
            file.positions();
            file.layers();
            file.family();
        }
        return file.node;
    }

    private void kind(TensorType type) {
        node.putArray("architectures").add(config.family().architecture());
        node.put("model_type", config.family().modelType())
                .put("vocab_size", config.vocabulary())
                .put("tie_word_embeddings", config.tiedEmbeddings())
                .put("torch_dtype", switch (type) {
                    case F32 -> "float32";
                    case F16 -> "float16";
                    case BF16 -> "bfloat16";
                    case Q8_0, Q4_0, Q4_1, Q6_K ->
                            throw new IllegalArgumentException("a Hugging Face folder does not hold " + type);
                });
    }

    private void gpt2() {
        node.put("n_embd", config.width())
                .put("n_inner", config.inner())
                .put("n_layer", config.layers())
                .put("n_head", config.heads())
                .put("n_positions", config.context())
                .put("layer_norm_epsilon", config.normEpsilon())
                .put("activation_function", "gelu_new");
    }

    private void shape() {
        node.put("hidden_size", config.width())
                .put("intermediate_size", config.inner())
                .put("num_hidden_layers", config.layers())
                .put("num_attention_heads", config.heads())
                .put("num_key_value_heads", config.keyValueHeads())
                .put("head_dim", config.headSize())
                .put("max_position_embeddings", config.context())
                .put("rms_norm_eps", config.normEpsilon());
    }

    private void positions() {
        LayerKind full = config.kinds().getLast();
        node.put("rope_theta", full.ropeTheta());
        switch (full.scaling()) {
            case RopeScaling.None() -> { }
            case RopeScaling.Linear(double factor) ->
                    node.putObject("rope_scaling").put("rope_type", "linear").put("factor", factor);
            case RopeScaling.Llama3(double factor, double low, double high, int original) ->
                    node.putObject("rope_scaling").put("rope_type", "llama3").put("factor", factor)
                            .put("low_freq_factor", low).put("high_freq_factor", high)
                            .put("original_max_position_embeddings", original);
        }
        if (config.family() == Family.GEMMA3) {
            node.put("rope_local_base_freq", config.kinds().getFirst().ropeTheta());
        }
    }

    private void layers() {
        List<LayerKind> kinds = config.kinds();
        boolean slides = kinds.size() > 1 || kinds.getFirst().window() > 0;
        if (!slides) {
            return;
        }
        int window = kinds.getFirst().window();
        node.put("sliding_window", window == 0 ? config.context() : window);
        if (config.family() == Family.QWEN2 || config.family() == Family.QWEN3) {
            node.put("use_sliding_window", true);
        }
        if (config.family() != Family.MISTRAL && config.family() != Family.PHI3) {
            ArrayNode types = node.putArray("layer_types");
            for (int layer = 0; layer < config.layers(); layer++) {
                boolean full = kinds.size() > 1 && config.architecture().kindOfLayer().get(layer) == 1;
                types.add(full ? "full_attention" : "sliding_attention");
            }
        }
    }

    private void family() {
        switch (config.family()) {
            case LLAMA -> node.put("hidden_act", "silu").put("attention_bias", false).put("mlp_bias", false);
            case QWEN3 -> node.put("hidden_act", "silu").put("attention_bias", false);
            case MISTRAL -> {
                node.put("hidden_act", "silu");
                if (!node.has("sliding_window")) {
                    node.putNull("sliding_window"); // silence would mean 4096
                }
            }
            case QWEN2 -> node.put("hidden_act", "silu");
            case GEMMA2, GEMMA3 -> gemma();
            case PHI3 -> {
                node.put("hidden_act", "silu").putNull("pad_token_id"); // silence would mean 32000
                if (!node.has("sliding_window")) {
                    node.putNull("sliding_window");
                }
            }
            case GPT2 -> throw new IllegalStateException("its config.json is another");
        }
    }

    private void gemma() {
        double scale = config.queryScale();
        node.put("hidden_activation", "gelu_pytorch_tanh").put("query_pre_attn_scalar", Math.round(1 / (scale * scale)));
        cap("attn_logit_softcapping", config.architecture().attentionCap());
        cap("final_logit_softcapping", config.architecture().logitCap());
    }

    private void cap(String field, double value) {
        if (value == 0) {
            node.putNull(field);
        } else {
            node.put(field, value);
        }
    }
}
