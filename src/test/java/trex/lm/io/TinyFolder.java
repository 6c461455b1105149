package trex.lm.io;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trex.json.Json;
import trex.lm.ModelConfig;
import trex.lm.WeightLayout;
import trex.lm.text.ByteLevelBpe;

/// Writes a tiny Hugging Face folder: vocabulary 8, width 8, 1 layer, 2 heads of 4 sharing 1.
final class TinyFolder {
    static final ModelConfig CONFIG = new ModelConfig(8, 8, 1, 2, 1, 4, 12, 16, 1e-5, 5000, false);

    private TinyFolder() {}

    static Path write(Path folder) throws IOException {
        Json.mapper().writeValue(folder.resolve("config.json").toFile(), config());
        Files.writeString(folder.resolve("tokenizer.json"), new ByteLevelBpe(
                List.of("<end>", "a", "b", "\u0120", "ab", "\u0120ab", "1", "2"), List.of("a b", "\u0120 ab"),
                List.of(0), List.of(), ByteLevelBpe.Split.DIGITS_THEN_GPT2).json());
        Files.writeString(folder.resolve("tokenizer_config.json"), """
                {"eos_token": "<end>", "chat_template": "{% for m in messages %}{{ m.content }}{{ eos_token }}{% endfor %}"}""");
        Files.write(folder.resolve("model.safetensors"), safetensors(tensors()));
        return folder;
    }

    static ObjectNode config() {
        return Json.mapper().createObjectNode()
                .put("model_type", "llama").put("vocab_size", 8).put("hidden_size", 8).put("num_hidden_layers", 1)
                .put("num_attention_heads", 2).put("num_key_value_heads", 1).put("intermediate_size", 12)
                .put("max_position_embeddings", 16).put("rms_norm_eps", 1e-5).put("rope_theta", 5000)
                .put("tie_word_embeddings", false).put("hidden_act", "silu").put("torch_dtype", "float32");
    }

    /// Every tensor filled with its number, 0 for the first.
    static Map<String, float[]> tensors() {
        Map<String, float[]> tensors = new LinkedHashMap<>();
        new WeightLayout(CONFIG).shapes().forEach((name, shape) -> {
            float[] values = new float[(int) MappedTensor.elements(shape)];
            java.util.Arrays.fill(values, tensors.size());
            tensors.put(name, values);
        });
        return tensors;
    }

    static byte[] safetensors(Map<String, float[]> tensors) {
        ObjectNode header = Json.mapper().createObjectNode();
        header.putObject("__metadata__").put("format", "pt");
        int end = 0;
        for (Map.Entry<String, float[]> entry : tensors.entrySet()) {
            ObjectNode node = header.putObject(entry.getKey()).put("dtype", "F32");
            node.set("shape", Json.mapper().valueToTree(new WeightLayout(CONFIG).shapes().get(entry.getKey())));
            node.putArray("data_offsets").add(end).add(end += 4 * entry.getValue().length);
        }
        ByteBuffer data = ByteBuffer.allocate(end).order(ByteOrder.LITTLE_ENDIAN);
        tensors.values().forEach(values -> {
            for (float value : values) {
                data.putFloat(value);
            }
        });
        return file(header.toString(), data.array());
    }

    static byte[] file(String header, byte[] data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length).put(text).put(data).array();
    }
}
