package trex.lm.io;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import trex.json.Json;
import trex.lm.ModelConfig;
import trex.lm.UnreadableModel;

/// Reads `config.json`. A field is understood, or known to change nothing, or refused by name:
/// nothing that could change the maths is guessed.
final class HuggingFaceConfig {
    private static final int LARGEST = 10_000_000;

    /// Fields that say how the model is trained, stored or served, but not what it computes.
    private static final Set<String> HARMLESS = Set.of(
            "architectures", "attention_dropout", "bos_token_id", "eos_token_id", "pad_token_id", "unk_token_id", "dtype",
            "torch_dtype", "initializer_range", "is_llama_config", "use_cache", "transformers_version",
            "transformers.js_config", "pretraining_tp", "_name_or_path", "_attn_implementation", "auto_map", "id2label",
            "label2id", "unsloth_fixed", "unsloth_version", "output_attentions", "output_hidden_states", "return_dict",
            "max_length", "tokenizer_class", "task_specific_params", "model_name", "name_or_path", "is_decoder",
            "max_window_layers", "chunk_size_feed_forward");

    private static final Set<String> UNDERSTOOD = Set.of(
            "model_type", "vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads",
            "head_dim", "intermediate_size", "max_position_embeddings", "rms_norm_eps", "rope_theta", "rope_parameters",
            "rope_scaling", "tie_word_embeddings", "hidden_act", "sliding_window");

    private final Path path;
    private final JsonNode fields;

    private HuggingFaceConfig(Path path, JsonNode fields) {
        this.path = path;
        this.fields = fields;
    }

    static HuggingFaceConfig read(Path folder) throws UnreadableModel {
        Path path = folder.resolve("config.json");
        JsonNode root = object(path);
        HuggingFaceConfig config = new HuggingFaceConfig(path, root);
        config.refuseOtherFamilies();
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
            int width = number("hidden_size", null);
            int heads = number("num_attention_heads", null);
            return new ModelConfig(
                    number("vocab_size", null),
                    width,
                    number("num_hidden_layers", null),
                    heads,
                    number("num_key_value_heads", heads),
                    number("head_dim", heads == 0 ? 0 : width / heads),
                    number("intermediate_size", null),
                    number("max_position_embeddings", 2048),
                    real(fields, "rms_norm_eps", 1e-6),
                    ropeTheta(),
                    fields.path("tie_word_embeddings").asBoolean(false));
        } catch (IllegalArgumentException e) {
            throw new UnreadableModel(path, String.valueOf(e.getMessage()), e);
        }
    }

    /// The first of the ids that end a text, or -1.
    int endOfText() {
        JsonNode id = fields.path("eos_token_id");
        return id.isArray() ? id.path(0).asInt(-1) : id.asInt(-1);
    }

    private void refuseOtherFamilies() throws UnreadableModel {
        String family = fields.path("model_type").asText("");
        if (!family.equals("llama") && !family.equals("mistral")) {
            throw new UnreadableModel(path, "the architecture \"" + family + "\" is not supported; llama and mistral are");
        }
    }

    private void refuseOtherMaths() throws UnreadableModel {
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            boolean off = field.getValue().isNull() || field.getValue().isBoolean() && !field.getValue().asBoolean();
            if (!off && !UNDERSTOOD.contains(field.getKey()) && !HARMLESS.contains(field.getKey())) {
                throw refused(field.getKey(), field.getValue());
            }
        }
        refuseUnless("hidden_act", fields.path("hidden_act").asText("silu").equals("silu"));
        refuseUnless("sliding_window", fields.path("sliding_window").asLong(Long.MAX_VALUE)
                >= fields.path("max_position_embeddings").asLong(2048));
        for (String name : new String[] {"rope_scaling", "rope_parameters"}) {
            JsonNode rope = fields.path(name);
            String type = rope.path("rope_type").asText(rope.path("type").asText("default"));
            refuseUnless(name, type.equals("default") && rope.path("partial_rotary_factor").asDouble(1) == 1);
        }
    }

    private void refuseUnless(String field, boolean supported) throws UnreadableModel {
        if (!supported) {
            throw refused(field, fields.path(field));
        }
    }

    private UnreadableModel refused(String field, JsonNode value) {
        return new UnreadableModel(path, "the setting " + field + " = " + value + " is not supported");
    }

    private double ropeTheta() throws UnreadableModel {
        double older = real(fields, "rope_theta", 10_000);
        return real(fields.path("rope_parameters"), "rope_theta", older);
    }

    private double real(JsonNode owner, String field, double otherwise) throws UnreadableModel {
        JsonNode value = owner.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isNumber() || !(value.doubleValue() > 0)) {
            throw new UnreadableModel(path, field + " must be a number above 0, got " + value);
        }
        return value.doubleValue();
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
