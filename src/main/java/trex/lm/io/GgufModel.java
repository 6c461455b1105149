package trex.lm.io;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import trex.lm.BaseModel;
import trex.lm.ModelConfig;
import trex.lm.UnreadableModel;
import trex.lm.text.GgufText;

/// Reads a GGUF file of the `llama` architecture.
public final class GgufModel {
    private static final Set<String> UNDERSTOOD = Set.of(
            "llama.block_count", "llama.context_length", "llama.embedding_length", "llama.feed_forward_length",
            "llama.attention.head_count", "llama.attention.head_count_kv", "llama.attention.key_length",
            "llama.attention.value_length", "llama.attention.layer_norm_rms_epsilon", "llama.rope.freq_base",
            "llama.rope.dimension_count", "llama.rope.scaling.type", "llama.vocab_size", "llama.expert_count",
            "llama.expert_used_count", "llama.attention.causal");

    private final GgufFile file;
    private final GgufMetadata metadata;

    private GgufModel(GgufFile file) {
        this.file = file;
        this.metadata = file.metadata();
    }

    public static BaseModel read(Path path) throws UnreadableModel {
        try (Opening opening = new Opening()) {
            GgufModel model = new GgufModel(GgufFile.open(path, opening.arena()));
            ModelConfig config = model.config();
            MappedWeights weights = new MappedWeights(path, config, model.canonical(config), opening.arena());
            GgufText text = GgufText.read(model.metadata, config.vocabulary());
            return opening.done(new BaseModel(weights, text.tokenizer(), text.chat()));
        }
    }

    private ModelConfig config() throws UnreadableModel {
        refuseOtherMaths();
        int width = size("llama.embedding_length");
        int heads = size("llama.attention.head_count");
        try {
            int headSize = size("llama.attention.key_length", width / heads);
            refuseUnless("llama.attention.value_length", headSize);
            refuseUnless("llama.rope.dimension_count", headSize);
            return new ModelConfig(
                    vocabulary(),
                    width,
                    size("llama.block_count"),
                    heads,
                    size("llama.attention.head_count_kv", heads),
                    headSize,
                    size("llama.feed_forward_length"),
                    size("llama.context_length"),
                    shortest(metadata.real("llama.attention.layer_norm_rms_epsilon", 1e-5)),
                    shortest(metadata.real("llama.rope.freq_base", 10_000)),
                    !file.tensors().containsKey("output.weight"));
        } catch (IllegalArgumentException e) {
            throw new UnreadableModel(metadata.path(), String.valueOf(e.getMessage()), e);
        }
    }

    /// The file holds fp32 numbers: `1e-5` and not its nearest fp32 number is what was meant.
    private static double shortest(double value) {
        return Double.parseDouble(Float.toString((float) value));
    }

    private void refuseOtherMaths() throws UnreadableModel {
        String architecture = metadata.text("general.architecture");
        if (!architecture.equals("llama")) {
            throw refused("the architecture \"" + architecture + "\" is not supported; llama is");
        }
        for (String key : metadata.keys()) {
            if (key.startsWith("llama.") && !UNDERSTOOD.contains(key)) {
                throw refused("the setting " + key + " = " + metadata.values().get(key) + " is not supported");
            }
        }
        refuseUnless("llama.expert_count", 0);
        String scaling = metadata.textOrNull("llama.rope.scaling.type");
        if (scaling != null && !scaling.equals("none")) {
            throw refused("the setting llama.rope.scaling.type = " + scaling + " is not supported");
        }
        if (!metadata.flag("llama.attention.causal", true)) {
            throw refused("the setting llama.attention.causal = false is not supported");
        }
    }

    private void refuseUnless(String key, long supported) throws UnreadableModel {
        long value = metadata.integer(key, supported);
        if (value != supported) {
            throw refused("the setting " + key + " = " + value + " is not supported, only " + supported + " is");
        }
    }

    private int vocabulary() throws UnreadableModel {
        MappedTensor embedding = file.tensors().get("token_embd.weight");
        if (embedding == null) {
            throw refused("the tensor token_embd.weight is missing");
        }
        return Math.toIntExact(embedding.shape()[0]);
    }

    private int size(String key, int otherwise) throws UnreadableModel {
        return metadata.keys().contains(key) ? size(key) : otherwise;
    }

    private int size(String key) throws UnreadableModel {
        long value = metadata.integer(key);
        if (value < 1 || value > Integer.MAX_VALUE) {
            throw refused(key + " = " + value + " makes no sense");
        }
        return (int) value;
    }

    private Map<String, MappedTensor> canonical(ModelConfig config) throws UnreadableModel {
        Map<String, MappedTensor> canonical = new LinkedHashMap<>();
        for (Map.Entry<String, MappedTensor> entry : file.tensors().entrySet()) {
            String name = canonicalName(entry.getKey());
            boolean rotated = name.endsWith("q_proj.weight") || name.endsWith("k_proj.weight");
            canonical.put(name, rotated ? entry.getValue().paired(config.headSize()) : entry.getValue());
        }
        return canonical;
    }

    private String canonicalName(String name) throws UnreadableModel {
        String canonical = GgufNames.canonical(name);
        if (canonical == null) {
            throw refused("it has a tensor that a Llama model has not, " + name + "; what it does would have to be guessed");
        }
        return canonical;
    }

    private UnreadableModel refused(String reason) {
        return new UnreadableModel(metadata.path(), reason);
    }
}
