package trex.bench.nano;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import trex.json.Json;
import trex.lm.FloatTensor;
import trex.lm.ModelConfig;
import trex.lm.io.ConfigFile;
import trex.lm.io.SafetensorsWriter;
import trex.lm.io.TensorType;

/// Writes a Llama-type model as a Hugging Face folder: `config.json` and `model.safetensors` beside
/// the tokenizer's files.
final class NanoFolder {
    private static final int END_OF_TEXT = 0;

    private NanoFolder() {}

    static void write(Path folder, ModelConfig shape, List<FloatTensor> weights) throws IOException {
        Path file = folder.resolve("model.safetensors");
        Files.deleteIfExists(file);
        SafetensorsWriter.write(file, weights, Map.of("format", "pt"));
        ObjectNode config = ConfigFile.of(shape, TensorType.F32).put("eos_token_id", END_OF_TEXT);
        Json.mapper().writeValue(folder.resolve("config.json").toFile(), config);
    }
}
