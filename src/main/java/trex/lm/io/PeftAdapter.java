package trex.lm.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trex.json.Json;
import trex.lm.AdapterLayout;
import trex.lm.FloatTensor;
import trex.lm.ModelConfig;
import trex.lm.LanguageModel;
import trex.lm.PrincipalDifference;
import trex.lm.Projection;
import trex.lm.UnreadableModel;

/// Low-rank adapters as a folder of the PEFT library holds them.
///
/// @param base name or path of the base model, as the folder states it; empty for none
/// @param baseDigest SHA-256 of the base model's weights; empty where the folder does not say
/// @param scale factor of `B A x`
/// @param tensors under canonical names, `model.layers.0.self_attn.q_proj.lora_A.weight`
public record PeftAdapter(String base, String baseDigest, double scale, List<FloatTensor> tensors) {
    /// Where a folder written here keeps the base model's digest.
    public static final String BASE_DIGEST = "base_model_sha256";
    public static final String WEIGHTS = "adapter_model.safetensors";
    public static final String CONFIG = "adapter_config.json";
    private static final String START = "start.safetensors";
    private static final String PRINCIPAL = "pissa";
    private static final String PREFIX = "base_model.model.";
    private static final Pattern LAYER = Pattern.compile("\\.layers\\.(\\d+)\\.");

    private static final Set<String> UNDERSTOOD = Set.of("peft_type", "r", "lora_alpha", "use_rslora", "use_dora", "bias",
            "init_lora_weights");

    /// Fields that say how the adapters were trained or are found, but not what they compute.
    private static final Set<String> HARMLESS = Set.of(
            "task_type", "base_model_name_or_path", "revision", "auto_mapping", "inference_mode", "lora_dropout",
            "target_modules", "exclude_modules", "layers_to_transform", "layers_pattern", "fan_in_fan_out",
            "megatron_config", "megatron_core", "loftq_config", "eva_config", "corda_config", "runtime_config",
            "peft_version", "qalora_group_size", "lora_ga_config");

    public PeftAdapter {
        tensors = List.copyOf(tensors);
    }

    /// Writes both files.
    ///
    /// @param tensors under canonical names
    /// @param start what the base that the tensors belong to has lost, see [LanguageModel#start()];
    ///     PEFT then finds that part anew, nearly the same, and this program reads it from a third file.
    ///     Empty for a whole base
    /// @param base name of the base model, where PEFT shall find it; empty for none
    /// @param notes metadata of the weights' file
    public static void write(
            Path folder, AdapterLayout layout, List<FloatTensor> tensors, List<FloatTensor> start, String base,
            Map<String, String> notes)
            throws IOException {
        SafetensorsWriter.write(folder.resolve(WEIGHTS), stored(tensors), notes);
        if (!start.isEmpty()) {
            SafetensorsWriter.write(folder.resolve(START), start, notes);
        }
        List<String> modules = layout.projections().stream().map(Projection::module).toList();
        ObjectNode config = config(layout, layout.rank(), modules, base);
        if (!start.isEmpty()) {
            config.put("init_lora_weights", PRINCIPAL);
        }
        write(folder, config, layout, tensors);
    }

    /// Writes both files for a base whose family stacks its linear layers, see [StackedAdapters].
    ///
    /// @param tensors under canonical names, without magnitudes
    public static void writeStacked(
            Path folder, ModelConfig model, AdapterLayout layout, List<FloatTensor> tensors, String base,
            Map<String, String> notes)
            throws IOException {
        if (layout.magnitudes()) {
            throw new IllegalArgumentException("adapter: magnitudes of stacked layers are not written");
        }
        SafetensorsWriter.write(
                folder.resolve(WEIGHTS), stored(StackedAdapters.stacked(model, layout, tensors)), notes);
        ObjectNode config = config(
                layout, StackedAdapters.rank(model, layout), StackedAdapters.modules(model, layout), base);
        config.put("fan_in_fan_out", model.family().isGpt2()); // whose matrices have inputs as rows
        write(folder, config, layout, tensors);
    }

    private static ObjectNode config(AdapterLayout layout, int rank, List<String> modules, String base) {
        ObjectNode config = Json.mapper().createObjectNode()
                .put("peft_type", "LORA")
                .put("task_type", "CAUSAL_LM")
                .put("base_model_name_or_path", base.isEmpty() ? null : base)
                .put("r", rank)
                .put("lora_alpha", layout.scale() * rank)
                .put("lora_dropout", 0.0)
                .put("bias", "none")
                .put("fan_in_fan_out", false)
                .put("inference_mode", true);
        if (layout.magnitudes()) {
            config.put("use_dora", true);
        }
        ArrayNode targets = config.putArray("target_modules");
        modules.forEach(targets::add);
        return config;
    }

    private static void write(Path folder, ObjectNode config, AdapterLayout layout, List<FloatTensor> tensors)
            throws IOException {
        if (layout.frozenLayers() > 0) {
            ArrayNode layers = config.putArray("layers_to_transform");
            tensors.stream().map(PeftAdapter::layer).distinct().forEach(layers::add);
        }
        String text = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(config) + "\n";
        Files.writeString(folder.resolve(CONFIG), text, StandardOpenOption.CREATE_NEW);
    }

    /// The same tensors under the names of the weights' file.
    public static List<FloatTensor> stored(List<FloatTensor> tensors) {
        return tensors.stream().map(t -> new FloatTensor(PREFIX + t.name(), t.shape(), t.values())).toList();
    }

    /// What the base has lost that a folder's own tensors belong to; empty for a whole base.
    public static List<FloatTensor> start(Path folder) throws UnreadableModel {
        Path file = folder.resolve(START);
        if (!Files.exists(file)) {
            return List.of();
        }
        List<FloatTensor> tensors = new ArrayList<>();
        try (SafetensorsFile start = SafetensorsFile.open(file)) {
            for (String name : start.names()) {
                tensors.add(read(start, name, name));
            }
        }
        return tensors;
    }

    private static FloatTensor read(SafetensorsFile file, String name, String canonical) throws UnreadableModel {
        long[] shape = file.shape(name);
        FloatTensor tensor = new FloatTensor(canonical, shape, new float[Math.toIntExact(MappedTensor.elements(shape))]);
        file.copyTo(name, tensor.values());
        return tensor;
    }

    private static int layer(FloatTensor tensor) {
        Matcher name = LAYER.matcher(tensor.name());
        if (!name.find()) {
            throw new IllegalArgumentException("adapter: " + tensor.name() + " names no layer");
        }
        return Integer.parseInt(name.group(1));
    }

    /// Reads adapters that belong to the whole base model. Those that were taken out of it when
    /// their training began become such, of twice the rank.
    ///
    /// @throws UnreadableModel if the folder is damaged, or its adapters are of a kind that
    ///     computes something else
    public static PeftAdapter read(Path folder) throws UnreadableModel {
        JsonNode config = HuggingFaceConfig.object(folder.resolve(CONFIG));
        double scale = scale(folder.resolve(CONFIG), config);
        Path file = folder.resolve(WEIGHTS);
        List<FloatTensor> tensors = new ArrayList<>();
        try (SafetensorsFile weights = SafetensorsFile.open(file)) {
            for (String name : weights.names()) {
                String canonical = name.replaceFirst("\\.default\\.weight$", ".weight")
                        .replaceFirst("\\.lora_magnitude_vector\\.weight$", AdapterLayout.MAGNITUDES);
                if (!canonical.matches("base_model\\.model\\..+\\.lora_([AB]\\.weight|magnitude_vector)")) {
                    throw new UnreadableModel(file, "the tensor " + name + " is no low-rank adapter of a linear layer");
                }
                tensors.add(read(weights, name, canonical.substring(PREFIX.length())));
            }
            refuseMissingMagnitudes(folder.resolve(CONFIG), config, tensors);
            return new PeftAdapter(config.path("base_model_name_or_path").asText(""),
                    weights.metadata().getOrDefault(BASE_DIGEST, ""), scale,
                    PrincipalDifference.of(tensors, start(folder)));
        }
    }

    private static void refuseMissingMagnitudes(Path file, JsonNode config, List<FloatTensor> tensors)
            throws UnreadableModel {
        long adapters = tensors.stream().filter(t -> t.name().endsWith(AdapterLayout.A)).count();
        long magnitudes = tensors.stream().filter(t -> t.name().endsWith(AdapterLayout.MAGNITUDES)).count();
        boolean wanted = config.path("use_dora").asBoolean();
        if (magnitudes != (wanted ? adapters : 0)) {
            throw new UnreadableModel(file, "use_dora = " + wanted + ", but " + magnitudes + " of " + adapters
                    + " adapters have magnitudes");
        }
    }

    /// Inner dimension of the adapters.
    public int rank() {
        return tensors.stream()
                .filter(tensor -> tensor.name().endsWith(AdapterLayout.A))
                .mapToInt(tensor -> (int) tensor.shape()[0])
                .findFirst().orElseThrow(() -> new IllegalStateException("a folder of adapters without an A"));
    }

    /// Whether a folder holds adapters and no model of its own.
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(CONFIG)) && !Files.exists(folder.resolve("config.json"));
    }

    private static double scale(Path file, JsonNode config) throws UnreadableModel {
        for (Map.Entry<String, JsonNode> field : config.properties()) {
            JsonNode value = field.getValue();
            boolean off = value.isNull() || value.isBoolean() && !value.asBoolean() || value.isContainerNode() && value.isEmpty();
            if (!off && !UNDERSTOOD.contains(field.getKey()) && !HARMLESS.contains(field.getKey())) {
                throw refused(file, field.getKey(), value);
            }
        }
        refuseUnless(file, config, "peft_type", config.path("peft_type").asText().equals("LORA"));
        refuseUnless(file, config, "bias", config.path("bias").asText("none").equals("none"));
        JsonNode start = config.path("init_lora_weights");
        boolean isWhole = !start.isTextual() || start.asText().equals("gaussian");
        refuseUnless(file, config, "init_lora_weights",
                isWhole || start.asText().equals(PRINCIPAL) && Files.exists(file.resolveSibling(START)));
        refuseUnless(file, config, "r", config.path("r").asInt() > 0);
        refuseUnless(file, config, "lora_alpha", config.path("lora_alpha").isNumber());
        double rank = config.path("r").asDouble();
        return config.path("lora_alpha").asDouble() / (config.path("use_rslora").asBoolean() ? Math.sqrt(rank) : rank);
    }

    private static void refuseUnless(Path file, JsonNode config, String field, boolean supported) throws UnreadableModel {
        if (!supported) {
            throw refused(file, field, config.path(field));
        }
    }

    private static UnreadableModel refused(Path file, String field, JsonNode value) {
        return new UnreadableModel(file, "the setting " + field + " = " + value + " is not supported");
    }
}
