package trex.lm.io;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import trex.lm.BaseModel;
import trex.lm.ModelConfig;
import trex.lm.ModelWeights;
import trex.lm.UnreadableModel;
import trex.lm.text.HuggingFaceText;

/// Reads a Hugging Face folder: `config.json`, `model.safetensors` or its shards,
/// `tokenizer.json`, `tokenizer_config.json`.
public final class HuggingFaceFolder {
    private HuggingFaceFolder() {}

    public static BaseModel read(Path folder) throws UnreadableModel {
        HuggingFaceConfig settings = HuggingFaceConfig.read(folder);
        ModelConfig config = settings.model();
        try (Opening opening = new Opening()) {
            MappedWeights weights = new MappedWeights(folder, config, tensors(folder, config, opening.arena()), opening.arena());
            HuggingFaceText text = HuggingFaceText.read(folder, settings.endOfText(), config.vocabulary());
            return opening.done(new BaseModel(weights, text.tokenizer(), text.chat()));
        }
    }

    /// Opens a folder's weights alone.
    public static ModelWeights weights(Path folder) throws UnreadableModel {
        ModelConfig config = HuggingFaceConfig.read(folder).model();
        try (Opening opening = new Opening()) {
            return opening.done(new MappedWeights(
                    folder, config, tensors(folder, config, opening.arena()), opening.arena()));
        }
    }

    private static Map<String, MappedTensor> tensors(Path folder, ModelConfig config, Arena arena) throws UnreadableModel {
        Path index = folder.resolve("model.safetensors.index.json");
        Map<String, MappedTensor> tensors = Files.exists(index)
                ? shards(index, arena)
                : new LinkedHashMap<>(SafetensorsFile.open(single(folder), arena).tensors());
        tensors.keySet().removeIf(name -> name.endsWith("rotary_emb.inv_freq"));
        if (config.tiedEmbeddings()) {
            tensors.remove("lm_head.weight"); // a copy that some writers keep and no reader uses
        }
        return HuggingFaceNames.canonical(config, tensors);
    }

    private static Path single(Path folder) throws UnreadableModel {
        Path file = folder.resolve("model.safetensors");
        for (String pickled : new String[] {"pytorch_model.bin", "pytorch_model.bin.index.json", "consolidated.00.pth"}) {
            if (!Files.exists(file) && Files.exists(folder.resolve(pickled))) {
                throw new UnreadableModel(folder, "its weights are pickled (" + pickled + "), which can carry a program and "
                        + "are never loaded; get model.safetensors");
            }
        }
        return file;
    }

    private static Map<String, MappedTensor> shards(Path index, Arena arena) throws UnreadableModel {
        Map<String, String> shardOf = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : HuggingFaceConfig.object(index).path("weight_map").properties()) {
            shardOf.put(entry.getKey(), entry.getValue().asText());
        }
        Map<String, MappedTensor> tensors = new LinkedHashMap<>();
        for (String shard : new TreeSet<>(shardOf.values())) {
            if (!shard.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*")) {
                throw new UnreadableModel(index, "a shard must be a file of the same folder, got \"" + shard + "\"");
            }
            tensors.putAll(SafetensorsFile.open(index.resolveSibling(shard), arena).tensors());
        }
        for (Map.Entry<String, String> entry : shardOf.entrySet()) {
            if (!tensors.containsKey(entry.getKey())) {
                throw new UnreadableModel(index, "the tensor " + entry.getKey() + " is not in " + entry.getValue());
            }
        }
        return tensors;
    }
}
