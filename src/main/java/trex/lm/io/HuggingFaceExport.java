package trex.lm.io;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import trex.json.Json;
import trex.lm.BaseModel;
import trex.lm.ModelWeights;
import trex.lm.UnreadableModel;
import trex.lm.WeightLayout;
import trex.lm.text.FastTokenizer;
import trex.lm.text.JinjaTemplate;

/// Writes a model as a Hugging Face folder that transformers loads without this program:
/// `config.json`, `generation_config.json`, `model.safetensors`, `tokenizer.json`,
/// `tokenizer_config.json`.
public final class HuggingFaceExport {
    private HuggingFaceExport() {}

    /// @param folder an existing folder; nothing in it is overwritten
    /// @param weights what is written, of the shape of `base`
    /// @param base gives tokenizer and chat template
    /// @param type `F32`, `F16` or `BF16`
    /// @throws java.nio.file.FileAlreadyExistsException if the folder has one of the files
    /// @throws UnreadableModel if the tokenizer has no `tokenizer.json`, or a weight is no number
    public static void write(Path folder, ModelWeights weights, BaseModel base, TensorType type)
            throws IOException, UnreadableModel {
        if (!(base.tokenizer() instanceof FastTokenizer tokenizer)) {
            throw new UnreadableModel("The base model's tokenizer has no tokenizer.json form, so its folder would not be "
                    + "complete; models of llama2.c and of GGUF files with a SentencePiece tokenizer can only be exported as peft yet");
        }
        ObjectNode config = ConfigFile.of(weights.config(), type);
        config.setAll(ids(tokenizer));
        json(folder.resolve("config.json"), config);
        json(folder.resolve("generation_config.json"), ids(tokenizer));
        json(folder.resolve("tokenizer_config.json"), tokenizerConfig(base, tokenizer));
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer.json(), StandardOpenOption.CREATE_NEW);
        SafetensorsWriter.writeStored(folder.resolve("model.safetensors"), tensors(weights, type), Map.of("format", "pt"));
    }

    private static List<StoredTensor> tensors(ModelWeights weights, TensorType type) {
        if (!weights.config().family().storedApart()) {
            return StackedTensors.of(weights, type);
        }
        return new WeightLayout(weights.config()).shapes().keySet().stream()
                .map(name -> StoredTensor.of(weights, name, type))
                .toList();
    }

    private static void json(Path file, ObjectNode node) throws IOException {
        String text = Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
        Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    }

    private static ObjectNode ids(FastTokenizer tokenizer) {
        ObjectNode node = Json.mapper().createObjectNode();
        OptionalInt start = tokenizer.startOfText();
        if (start.isPresent()) {
            node.put("bos_token_id", start.getAsInt());
        }
        return node.put("eos_token_id", tokenizer.endOfText());
    }

    private static ObjectNode tokenizerConfig(BaseModel base, FastTokenizer tokenizer) {
        ObjectNode node = Json.mapper().createObjectNode()
                .put("tokenizer_class", "PreTrainedTokenizerFast")
                .put("model_max_length", base.config().context())
                .put("clean_up_tokenization_spaces", false)
                .put("eos_token", tokenizer.decodeVerbatim(tokenizer.endOfText()));
        OptionalInt start = tokenizer.startOfText();
        node.put("add_bos_token", start.isPresent());
        if (start.isPresent()) {
            node.put("bos_token", tokenizer.decodeVerbatim(start.getAsInt()));
        }
        if (base.chat() instanceof JinjaTemplate template) {
            node.put("chat_template", template.source());
        }
        return node;
    }
}
