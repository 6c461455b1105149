package trex.lm.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import trex.json.Json;
import trex.lm.ChatTemplate;
import trex.lm.Tokenizer;
import trex.lm.UnreadableModel;

/// The tokenizer and the chat template of a Hugging Face folder.
public record HuggingFaceText(Tokenizer tokenizer, @Nullable ChatTemplate chat) {
    /// @param configuredEnd the id that `config.json` ends texts with, or -1
    /// @param vocabulary number of ids that the model knows
    public static HuggingFaceText read(Path folder, int configuredEnd, int vocabulary) throws UnreadableModel {
        Path file = folder.resolve("tokenizer.json");
        String json = text(file);
        JsonNode tokenizer = tree(file, json);
        int size = largestId(tokenizer) + 1;
        if (size > vocabulary) {
            throw new UnreadableModel(file, "the tokenizer has " + size + " tokens, the model only knows " + vocabulary);
        }
        Path settingsFile = folder.resolve("tokenizer_config.json");
        JsonNode settings = Files.exists(settingsFile)
                ? tree(settingsFile, text(settingsFile))
                : Json.mapper().createObjectNode();
        String start = token(settings, "bos_token");
        String end = token(settings, "eos_token");
        int endId = idOf(tokenizer, end);
        if (endId < 0) {
            endId = configuredEnd;
        }
        if (endId < 0 || endId >= vocabulary) {
            throw new UnreadableModel(folder, "no token is named that ends a text (eos_token in tokenizer_config.json, or "
                    + "eos_token_id in config.json)");
        }
        boolean startsTexts = settings.path("add_bos_token").asBoolean(postProcessorAdds(tokenizer, start));
        int startId = idOf(tokenizer, start);
        FastTokenizer fast = FastTokenizer.of(file, json, size, endId,
                startsTexts && startId >= 0 ? OptionalInt.of(startId) : OptionalInt.empty());
        String template = template(folder, settings);
        return new HuggingFaceText(fast, template == null ? null : JinjaTemplate.of(folder, template, start, end));
    }

    private static @Nullable String template(Path folder, JsonNode settings) throws UnreadableModel {
        Path file = folder.resolve("chat_template.jinja");
        if (Files.exists(file)) {
            return text(file);
        }
        JsonNode template = settings.path("chat_template");
        for (JsonNode named : template) {
            if (named.path("name").asText().equals("default")) {
                return named.path("template").asText();
            }
        }
        return template.isTextual() ? template.asText() : null;
    }

    private static String token(JsonNode settings, String name) {
        JsonNode token = settings.path(name);
        return token.isTextual() ? token.asText() : token.path("content").asText("");
    }

    private static int idOf(JsonNode tokenizer, String token) {
        for (JsonNode added : tokenizer.path("added_tokens")) {
            if (added.path("content").asText().equals(token)) {
                return added.path("id").asInt(-1);
            }
        }
        return tokenizer.path("model").path("vocab").path(token).asInt(-1);
    }

    private static int largestId(JsonNode tokenizer) {
        int largest = -1;
        for (JsonNode id : tokenizer.path("model").path("vocab")) {
            largest = Math.max(largest, id.asInt());
        }
        for (JsonNode added : tokenizer.path("added_tokens")) {
            largest = Math.max(largest, added.path("id").asInt());
        }
        return largest;
    }

    private static boolean postProcessorAdds(JsonNode tokenizer, String start) {
        return !start.isEmpty() && tokenizer.path("post_processor").findValuesAsText("id").contains(start);
    }

    private static JsonNode tree(Path file, String json) throws UnreadableModel {
        try {
            return Json.mapper().readTree(json);
        } catch (IOException e) {
            throw new UnreadableModel(file, "it is no JSON", e);
        }
    }

    private static String text(Path file) throws UnreadableModel {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new UnreadableModel(file, "there is no such file", e);
        } catch (IOException e) {
            throw new UnreadableModel(file, "it cannot be read as text: " + e.getMessage(), e);
        }
    }
}
