package trex.lm.io;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import trex.lm.Architecture;
import trex.lm.Family;
import trex.lm.LayerKind;
import trex.lm.RopeScaling;
import trex.lm.UnreadableModel;

/// Which layers of a `config.json` slide a window, and how positions turn in them.
final class LayerFields {
    private static final String SLIDING = "sliding_attention";
    private static final String FULL = "full_attention";

    private final Path path;
    private final JsonNode fields;
    private final Family family;
    private final int layers;
    private final int context;

    LayerFields(Path path, JsonNode fields, Family family, int layers, int context) {
        this.path = path;
        this.fields = fields;
        this.family = family;
        this.layers = layers;
        this.context = context;
    }

    Architecture architecture(double queryScale, double attentionCap, double logitCap) throws UnreadableModel {
        int window = window();
        LayerKind full = new LayerKind(0, theta(rope(FULL), 10_000), scaling(rope(FULL)));
        if (window == 0 && family != Family.GEMMA3) {
            return new Architecture(family, List.of(full), List.of(), queryScale, attentionCap, logitCap);
        }
        LayerKind sliding = family == Family.GEMMA3
                ? new LayerKind(window, localTheta(), scaling(rope(SLIDING)))
                : new LayerKind(window, full.ropeTheta(), full.scaling());
        List<Integer> kinds = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            kinds.add(slides(layer) ? 0 : 1);
        }
        if (!kinds.contains(1)) {
            return new Architecture(family, List.of(sliding), List.of(), queryScale, attentionCap, logitCap);
        }
        return kinds.contains(0)
                ? new Architecture(family, List.of(sliding, full), kinds, queryScale, attentionCap, logitCap)
                : new Architecture(family, List.of(full), List.of(), queryScale, attentionCap, logitCap);
    }

    /// The base of the layers that see everything.
    double theta() throws UnreadableModel {
        return theta(rope(FULL), 10_000);
    }

    /// Tokens of the window, 0 where it never ends before the context does.
    private int window() throws UnreadableModel {
        JsonNode value = fields.path("sliding_window");
        if (value.isMissingNode() || value.isNull()) {
            return 0;
        }
        boolean unused = (family == Family.QWEN2 || family == Family.QWEN3) && !fields.path("use_sliding_window").asBoolean(false);
        if (!value.isIntegralNumber() || value.asLong() < 1) {
            throw refused("sliding_window", value);
        }
        return unused || value.asLong() >= context ? 0 : value.asInt();
    }

    private boolean slides(int layer) throws UnreadableModel {
        JsonNode types = fields.path("layer_types");
        if (types.isArray()) {
            String type = types.path(layer).asText();
            if (types.size() != layers || !type.equals(SLIDING) && !type.equals(FULL)) {
                throw refused("layer_types", types);
            }
            return type.equals(SLIDING);
        }
        return switch (family) {
            case GEMMA2 -> layer % 2 == 0;
            case GEMMA3 -> (layer + 1) % pattern() != 0;
            case QWEN2, QWEN3 -> layer >= fields.path("max_window_layers").asInt(28);
            case LLAMA, MISTRAL, PHI3, GPT2 -> true;
        };
    }

    private int pattern() throws UnreadableModel {
        JsonNode pattern = fields.has("sliding_window_pattern")
                ? fields.path("sliding_window_pattern")
                : fields.path("_sliding_window_pattern");
        int every = pattern.asInt(6);
        if (every < 1) {
            throw refused("sliding_window_pattern", pattern);
        }
        return every;
    }

    /// Newer files have `rope_parameters`, of all layers or by their kind; older ones `rope_scaling`.
    private JsonNode rope(String kind) {
        JsonNode all = fields.path("rope_parameters");
        if (all.isMissingNode() || all.isNull()) {
            // Gemma 3 slows only the layers that see everything.
            return kind.equals(SLIDING) ? all : fields.path("rope_scaling");
        }
        return all.has(FULL) ? all.path(kind) : all;
    }

    private double theta(JsonNode rope, double otherwise) throws UnreadableModel {
        double usual = family == Family.GEMMA3 ? 1_000_000 : otherwise;
        return real(rope, "rope_theta", real(fields, "rope_theta", usual));
    }

    private double localTheta() throws UnreadableModel {
        return real(rope(SLIDING), "rope_theta", real(fields, "rope_local_base_freq", 10_000));
    }

    private RopeScaling scaling(JsonNode rope) throws UnreadableModel {
        if (rope.path("partial_rotary_factor").asDouble(1) != 1) {
            throw refused("partial_rotary_factor", rope.path("partial_rotary_factor"));
        }
        String type = rope.path("rope_type").asText(rope.path("type").asText("default"));
        return switch (type) {
            case "default" -> new RopeScaling.None();
            case "linear" -> new RopeScaling.Linear(required(rope, "factor"));
            case "llama3" -> new RopeScaling.Llama3(required(rope, "factor"), required(rope, "low_freq_factor"),
                    required(rope, "high_freq_factor"), (int) required(rope, "original_max_position_embeddings"));
            default -> throw refused(fields.has("rope_parameters") ? "rope_parameters" : "rope_scaling", rope);
        };
    }

    private double required(JsonNode owner, String field) throws UnreadableModel {
        if (!owner.has(field)) {
            throw new UnreadableModel(path, "the scaling of positions needs " + field + ": " + owner);
        }
        return real(owner, field, 0);
    }

    private double real(JsonNode owner, String field, double otherwise) throws UnreadableModel {
        return HuggingFaceConfig.real(path, owner, field, otherwise);
    }

    private UnreadableModel refused(String field, JsonNode value) {
        return HuggingFaceConfig.refused(path, field, value);
    }
}
