package trex.lm.io;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import trex.json.Json;
import trex.lm.Architecture;
import trex.lm.Family;
import trex.lm.ModelConfig;
import trex.lm.RopeScaling;
import trex.lm.UnreadableModel;

/// Reads `config.json`. A field is understood, or known to change nothing, or refused by name:
/// nothing that could change the maths is guessed.
final class HuggingFaceConfig {
    private static final int LARGEST = 10_000_000;
    private static final int MOST_LAYERS = 10_000;

    /// Fields that say how the model is trained, stored or served, but not what it computes.
    private static final Set<String> HARMLESS = Set.of(
            "architectures", "attention_dropout", "bos_token_id", "eos_token_id", "pad_token_id", "unk_token_id", "dtype",
            "torch_dtype", "initializer_range", "is_llama_config", "use_cache", "transformers_version",
            "transformers.js_config", "pretraining_tp", "_name_or_path", "_attn_implementation", "auto_map", "id2label",
            "label2id", "unsloth_fixed", "unsloth_version", "output_attentions", "output_hidden_states", "return_dict",
            "max_length", "tokenizer_class", "task_specific_params", "model_name", "name_or_path", "is_decoder",
            "max_window_layers", "chunk_size_feed_forward", "embd_pdrop", "resid_pdrop", "attn_pdrop", "hidden_dropout",
            "gradient_checkpointing", "cache_implementation", "summary_activation", "summary_first_dropout",
            "summary_proj_to_labels", "summary_type", "summary_use_proj", "n_ctx", "original_max_position_embeddings");

    private static final Set<String> UNDERSTOOD = Set.of(
            "model_type", "vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads",
            "head_dim", "intermediate_size", "max_position_embeddings", "rms_norm_eps", "rope_theta", "rope_parameters",
            "rope_scaling", "tie_word_embeddings", "hidden_act", "sliding_window", "layer_types", "partial_rotary_factor");

    private static final Map<Family, Set<String>> OF_FAMILY = Map.of(
            Family.QWEN2, Set.of("use_sliding_window"),
            Family.QWEN3, Set.of("use_sliding_window"),
            Family.GEMMA2, Set.of("query_pre_attn_scalar", "attn_logit_softcapping", "final_logit_softcapping",
                    "hidden_activation"),
            Family.GEMMA3, Set.of("query_pre_attn_scalar", "attn_logit_softcapping", "final_logit_softcapping",
                    "hidden_activation", "rope_local_base_freq", "sliding_window_pattern", "_sliding_window_pattern"),
            Family.GPT2, Set.of("n_embd", "n_head", "n_inner", "n_layer", "n_positions", "layer_norm_epsilon",
                    "activation_function", "scale_attn_weights"));

    private final Path path;
    private final JsonNode fields;
    private final Family family;

    private HuggingFaceConfig(Path path, JsonNode fields) throws UnreadableModel {
        this.path = path;
        this.fields = fields;
        this.family = family();
    }

    static HuggingFaceConfig read(Path folder) throws UnreadableModel {
        Path path = folder.resolve("config.json");
        JsonNode root = object(path);
        HuggingFaceConfig config = new HuggingFaceConfig(path, root);
        config.refuseOtherMaths();
        return config;
    }

    /// Reads a JSON object from a file that must be there.
    static JsonNode object(Path path) throws UnreadableModel {
        try {
            if (Files.size(path) > LARGEST) {
                throw new UnreadableModel(path, "it has " + Files.size(path) + " bytes, far more than such a file needs");
            }
            JsonNode root = Json.mapper().readTree(Files.readAllBytes(path));
            if (!root.isObject()) {
                throw new UnreadableModel(path, "it is no JSON object");
            }
            return root;
        } catch (NoSuchFileException e) {
            throw new UnreadableModel(path, "there is no such file", e);
        } catch (IOException e) {
            throw new UnreadableModel(path, "it is no JSON: " + firstLine(e), e);
        }
    }

    ModelConfig model() throws UnreadableModel {
        try {
            return family == Family.GPT2 ? gpt2() : rotary();
        } catch (IllegalArgumentException e) {
            throw new UnreadableModel(path, String.valueOf(e.getMessage()), e);
        }
    }

    private ModelConfig rotary() throws UnreadableModel {
        int width = number("hidden_size", null);
        int heads = number("num_attention_heads", null);
        int layers = layers("num_hidden_layers", null);
        int context = number("max_position_embeddings", usualContext());
        boolean gemma = family.isGemma();
        LayerFields kinds = new LayerFields(path, fields, family, layers, context);
        double queryScale = gemma ? 1 / Math.sqrt(real(path, fields, "query_pre_attn_scalar", 256)) : 0;
        Architecture architecture = kinds.architecture(queryScale,
                gemma ? cap("attn_logit_softcapping", 50) : 0, gemma ? cap("final_logit_softcapping", 30) : 0);
        return new ModelConfig(number("vocab_size", null), width, layers, heads,
                number("num_key_value_heads", heads),
                number("head_dim", usualHeadSize(width, heads)),
                number("intermediate_size", null),
                context,
                real(path, fields, "rms_norm_eps", 1e-6),
                kinds.theta(),
                fields.path("tie_word_embeddings").asBoolean(gemma),
                isPlain(architecture) ? Architecture.LLAMA : architecture);
    }

    /// One shape has one name: a plain Llama is the same from whatever file it comes.
    private static boolean isPlain(Architecture a) {
        return a.family() == Family.LLAMA && a.kinds().getFirst().window() == 0
                && a.kinds().getFirst().scaling() instanceof RopeScaling.None;
    }

    private int usualContext() {
        return switch (family) {
            case GEMMA2 -> 8192;
            case GEMMA3 -> 131_072;
            case QWEN2, QWEN3 -> 32_768;
            case MISTRAL, PHI3 -> 4096;
            case LLAMA, GPT2 -> 2048;
        };
    }

    private int usualHeadSize(int width, int heads) {
        return switch (family) {
            case GEMMA2, GEMMA3 -> 256;
            case QWEN3 -> 128;
            case LLAMA, MISTRAL, QWEN2, PHI3, GPT2 -> heads == 0 ? 0 : width / heads;
        };
    }

    /// A cap that is there, none where it is null, the family's own where nothing is said.
    private double cap(String field, double usual) throws UnreadableModel {
        boolean none = fields.has(field) ? fields.path(field).isNull() : family != Family.GEMMA2;
        return none ? 0 : real(path, fields, field, usual);
    }

    private ModelConfig gpt2() throws UnreadableModel {
        int width = number("n_embd", 768);
        int heads = number("n_head", 12);
        return new ModelConfig(number("vocab_size", 50_257), width, layers("n_layer", 12), heads, heads,
                heads == 0 ? 0 : width / heads,
                number("n_inner", 4 * width),
                number("n_positions", 1024),
                real(path, fields, "layer_norm_epsilon", 1e-5),
                10_000, // nothing is rotated
                fields.path("tie_word_embeddings").asBoolean(true),
                new Architecture(family, List.of(), List.of(), 0, 0, 0));
    }

    /// The first of the ids that end a text, or -1.
    int endOfText() {
        JsonNode id = fields.path("eos_token_id");
        return id.isArray() ? id.path(0).asInt(-1) : id.asInt(-1);
    }

    private Family family() throws UnreadableModel {
        String type = fields.path("model_type").asText("");
        return Arrays.stream(Family.values()).filter(f -> f.modelType().equals(type)).findFirst()
                .orElseThrow(() -> new UnreadableModel(path, "the architecture \"" + type + "\" is not supported; "
                        + Arrays.stream(Family.values()).map(Family::modelType).collect(Collectors.joining(", ")) + " are"));
    }

    private void refuseOtherMaths() throws UnreadableModel {
        Set<String> own = OF_FAMILY.getOrDefault(family, Set.of());
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            boolean off = field.getValue().isNull() || field.getValue().isBoolean() && !field.getValue().asBoolean();
            String name = field.getKey();
            if (!off && !UNDERSTOOD.contains(name) && !HARMLESS.contains(name) && !own.contains(name)) {
                throw refused(path, name, field.getValue());
            }
        }
        String activation = family.isGemma() && fields.hasNonNull("hidden_activation") ? "hidden_activation"
                : family == Family.GPT2 ? "activation_function" : "hidden_act";
        String expected = family.isGemma() ? "gelu_pytorch_tanh" : family == Family.GPT2 ? "gelu_new" : "silu";
        refuseUnless(activation, fields.path(activation).asText(expected).equals(expected));
        refuseUnless("scale_attn_weights", fields.path("scale_attn_weights").asBoolean(true));
        refuseUnless("partial_rotary_factor", fields.path("partial_rotary_factor").asDouble(1) == 1);
        refuseUnless("sliding_window", family != Family.LLAMA && family != Family.GPT2
                || fields.path("sliding_window").asLong(Long.MAX_VALUE) >= fields.path("max_position_embeddings").asLong(2048));
        for (JsonNode type : fields.path("layer_types")) {
            refuseUnless("layer_types", type.asText().equals("full_attention") || type.asText().equals("sliding_attention")
                    && family != Family.LLAMA && family != Family.GPT2);
        }
    }

    private void refuseUnless(String field, boolean supported) throws UnreadableModel {
        if (!supported) {
            throw refused(path, field, fields.path(field));
        }
    }

    static UnreadableModel refused(Path path, String field, JsonNode value) {
        return new UnreadableModel(path, "the setting " + field + " = " + value + " is not supported");
    }

    static double real(Path path, JsonNode owner, String field, double otherwise) throws UnreadableModel {
        JsonNode value = owner.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isNumber() || !(value.doubleValue() > 0)) {
            throw new UnreadableModel(path, field + " must be a number above 0, got " + value);
        }
        return value.doubleValue();
    }

    private int layers(String field, @Nullable Integer otherwise) throws UnreadableModel {
        int layers = number(field, otherwise);
        if (layers > MOST_LAYERS) {
            throw new UnreadableModel(path, "it states " + layers + " layers, more than any model has");
        }
        return layers;
    }

    private int number(String field, @Nullable Integer otherwise) throws UnreadableModel {
        JsonNode value = fields.path(field);
        if ((value.isMissingNode() || value.isNull()) && otherwise != null) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new UnreadableModel(path, field + " must be a whole number, got "
                    + (value.isMissingNode() ? "nothing" : value.toString()));
        }
        return value.intValue();
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
