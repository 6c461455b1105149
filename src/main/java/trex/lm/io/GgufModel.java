package trex.lm.io;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import trex.lm.Architecture;
import trex.lm.BaseModel;
import trex.lm.Family;
import trex.lm.LayerKind;
import trex.lm.ModelConfig;
import trex.lm.Projection;
import trex.lm.RopeScaling;
import trex.lm.UnreadableModel;
import trex.lm.text.GgufText;

/// Reads a GGUF file of the architectures `llama`, `qwen2`, `qwen3`, `phi3` or `gpt2`.
public final class GgufModel {
    /// Settings behind the architecture's name.
    private static final Set<String> UNDERSTOOD = Set.of(
            "block_count", "context_length", "embedding_length", "feed_forward_length", "attention.head_count",
            "attention.head_count_kv", "attention.key_length", "attention.value_length",
            "attention.layer_norm_rms_epsilon", "attention.layer_norm_epsilon", "attention.sliding_window",
            "rope.scaling.original_context_length", "rope.freq_base", "rope.dimension_count", "rope.scaling.type", "vocab_size",
            "expert_count", "expert_used_count", "attention.causal");

    /// The families that these architectures run; llama.cpp runs Mistral as Llama.
    private static final Map<String, Family> FAMILIES =
            Map.of("llama", Family.LLAMA, "qwen2", Family.QWEN2, "qwen3", Family.QWEN3, "phi3", Family.PHI3,
                    "gpt2", Family.GPT2);

    private final GgufFile file;
    private final GgufMetadata metadata;
    private final Family family;
    private final String prefix;

    private GgufModel(GgufFile file) throws UnreadableModel {
        this.file = file;
        this.metadata = file.metadata();
        String architecture = metadata.text("general.architecture");
        Family known = FAMILIES.get(architecture);
        if (known == null) {
            throw refused("the architecture \"" + architecture + "\" is not supported; llama, qwen2, qwen3, phi3 and gpt2 are");
        }
        this.family = known;
        this.prefix = architecture + ".";
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
        int width = size(prefix + "embedding_length");
        int heads = size(prefix + "attention.head_count");
        try {
            int headSize = size(prefix + "attention.key_length", width / heads);
            refuseUnless(prefix + "attention.value_length", headSize);
            refuseUnless(prefix + "rope.dimension_count", headSize);
            double theta = shortest(metadata.real(prefix + "rope.freq_base", 10_000));
            return new ModelConfig(
                    vocabulary(),
                    width,
                    size(prefix + "block_count"),
                    heads,
                    size(prefix + "attention.head_count_kv", heads),
                    headSize,
                    size(prefix + "feed_forward_length"),
                    size(prefix + "context_length"),
                    shortest(metadata.real(
                            prefix + (family.isGpt2() ? "attention.layer_norm_epsilon" : "attention.layer_norm_rms_epsilon"), 1e-5)),
                    theta,
                    !file.tensors().containsKey("output.weight"),
                    family == Family.LLAMA ? Architecture.LLAMA : architecture(theta));
        } catch (IllegalArgumentException e) {
            throw new UnreadableModel(metadata.path(), String.valueOf(e.getMessage()), e);
        }
    }

    private Architecture architecture(double theta) {
        return new Architecture(family, family.isGpt2() ? List.of() : List.of(new LayerKind(0, theta, new RopeScaling.None())), List.of(), 0, 0, 0);
    }

    /// The file holds fp32 numbers: `1e-5` and not its nearest fp32 number is what was meant.
    private static double shortest(double value) {
        return Double.parseDouble(Float.toString((float) value));
    }

    private void refuseOtherMaths() throws UnreadableModel {
        for (String key : metadata.keys()) {
            if (key.startsWith(prefix) && !UNDERSTOOD.contains(key.substring(prefix.length()))) {
                throw refused("the setting " + key + " = " + metadata.values().get(key) + " is not supported");
            }
        }
        refuseUnless(prefix + "expert_count", 0);
        refuseWindow();
        String scaling = metadata.textOrNull(prefix + "rope.scaling.type");
        if (scaling != null && !scaling.equals("none")) {
            throw refused("the setting " + prefix + "rope.scaling.type = " + scaling + " is not supported");
        }
        if (!metadata.flag(prefix + "attention.causal", true)) {
            throw refused("the setting " + prefix + "attention.causal = false is not supported");
        }
    }

    private void refuseWindow() throws UnreadableModel {
        String key = prefix + "attention.sliding_window";
        long window = metadata.integer(key, 0);
        if (window != 0 && window < metadata.integer(prefix + "context_length")) {
            throw refused("the setting " + key + " = " + window + " is not supported below the context");
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
            if (putParts(canonical, config, entry.getKey(), entry.getValue())) {
                continue;
            }
            String name = canonicalName(entry.getKey());
            boolean rotated = family == Family.LLAMA
                    && (name.endsWith("q_proj.weight") || name.endsWith("k_proj.weight"));
            canonical.put(name, rotated ? entry.getValue().paired(config.headSize()) : entry.getValue());
        }
        return canonical;
    }

    /// Takes a tensor of stacked linear layers apart.
    ///
    /// @return whether it is one
    private boolean putParts(Map<String, MappedTensor> canonical, ModelConfig config, String name, MappedTensor tensor) {
        Matcher block = GgufNames.BLOCK.matcher(name);
        if (family.storedApart() || !block.matches()) {
            return false;
        }
        for (Stacking stacking : Stacking.of(family)) {
            if (stacking.ggufName().equals(block.group(2)) && tensor.shape()[0] == stacking.rows(config)) {
                long row = 0;
                for (Projection part : stacking.parts()) {
                    canonical.put("model.layers." + block.group(1) + "." + part.path() + "." + block.group(3),
                            tensor.rows(row, part.out(config)));
                    row += part.out(config);
                }
                return true;
            }
        }
        return false;
    }

    private String canonicalName(String name) throws UnreadableModel {
        String canonical = GgufNames.canonical(name);
        if (canonical == null) {
            throw refused("it has a tensor that a " + family.modelType() + " model has not, " + name + "; what it does would have to be guessed");
        }
        return canonical;
    }

    private UnreadableModel refused(String reason) {
        return new UnreadableModel(metadata.path(), reason);
    }
}
