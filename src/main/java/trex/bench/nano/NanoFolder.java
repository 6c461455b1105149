package trex.bench.nano;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trex.json.Json;
import trex.lm.FloatTensor;
import trex.lm.ModelConfig;
import trex.training.TensorFile;

/// Writes a Llama-type model as a Hugging Face folder: `config.json` and `model.safetensors` beside
/// the tokenizer's files.
final class NanoFolder {
    private NanoFolder() {}

    static void write(Path folder, ModelConfig shape, List<FloatTensor> weights) throws IOException {
        Path file = folder.resolve("model.safetensors");
        Files.deleteIfExists(file);
        TensorFile.write(file, weights, Map.of("format", "pt"));
        Json.mapper().writeValue(folder.resolve("config.json").toFile(), config(shape));
    }

    private static Map<String, Object> config(ModelConfig shape) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("architectures", List.of("LlamaForCausalLM"));
        config.put("model_type", "llama");
        config.put("vocab_size", shape.vocabulary());
        config.put("hidden_size", shape.width());
        config.put("num_hidden_layers", shape.layers());
        config.put("num_attention_heads", shape.heads());
        config.put("num_key_value_heads", shape.keyValueHeads());
        config.put("head_dim", shape.headSize());
        config.put("intermediate_size", shape.inner());
        config.put("max_position_embeddings", shape.context());
        config.put("rms_norm_eps", shape.normEpsilon());
        config.put("rope_theta", shape.ropeTheta());
        config.put("tie_word_embeddings", shape.tiedEmbeddings());
        config.put("hidden_act", "silu");
        config.put("eos_token_id", 0);
        return config;
    }
}
