package trex.lm.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import trex.json.Json;
import trex.lm.UnreadableModel;
import trex.lm.text.ByteLevelBpe.Split;

/// Reads a `tokenizer.json` as byte-level pairs, where it is of a kind that GGUF has a name for.
final class ByteLevelBpeReader {
    private ByteLevelBpeReader() {}

    static ByteLevelBpe read(String json) throws UnreadableModel {
        try {
            JsonNode root = Json.mapper().readTree(json);
            JsonNode model = root.path("model");
            if (!model.path("type").asText().equals("BPE") || !root.path("decoder").path("type").asText().equals("ByteLevel")) {
                throw new UnreadableModel("The tokenizer is no byte-level byte-pair tokenizer, so it cannot be written as GGUF");
            }
            List<Integer> special = new ArrayList<>();
            List<Integer> userDefined = new ArrayList<>();
            Map<Integer, String> tokens = new TreeMap<>();
            model.path("vocab").properties().forEach(e -> tokens.put(e.getValue().asInt(), e.getKey()));
            for (JsonNode added : root.path("added_tokens")) {
                tokens.put(added.path("id").asInt(), added.path("content").asText());
                (added.path("special").asBoolean() ? special : userDefined).add(added.path("id").asInt());
            }
            return new ByteLevelBpe(byId(tokens), merges(model), special, userDefined, split(root));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tokenizer that works is no JSON", e);
        }
    }

    private static List<String> byId(Map<Integer, String> tokens) throws UnreadableModel {
        List<String> list = new ArrayList<>();
        for (Map.Entry<Integer, String> entry : tokens.entrySet()) {
            if (entry.getKey() != list.size()) {
                throw new UnreadableModel("The tokenizer has no token " + list.size() + ", so it cannot be written as GGUF");
            }
            list.add(entry.getValue());
        }
        return list;
    }

    /// Merges are texts `left right` in older files and pairs in newer ones.
    private static List<String> merges(JsonNode model) {
        List<String> merges = new ArrayList<>();
        model.path("merges").forEach(m ->
                merges.add(m.isArray() ? m.path(0).asText() + " " + m.path(1).asText() : m.asText()));
        return merges;
    }

    private static Split split(JsonNode root) throws UnreadableModel {
        List<String> steps = new ArrayList<>();
        JsonNode cut = root.path("pre_tokenizer");
        for (JsonNode step : cut.path("type").asText().equals("Sequence") ? cut.path("pretokenizers") : List.of(cut)) {
            String pattern = step.path("pattern").path("Regex").asText();
            steps.add(step.path("type").asText() + (pattern.isEmpty() ? "" : " " + pattern));
        }
        Split split = switch (String.join(", ", steps)) {
            case "ByteLevel" -> Split.GPT2;
            case "Digits, ByteLevel" -> Split.DIGITS_THEN_GPT2;
            case String s when s.equals("Split " + ByteLevelBpe.PATTERN.formatted("{1,3}") + ", ByteLevel") -> Split.LLAMA3;
            case String s when s.equals("Split " + ByteLevelBpe.PATTERN.formatted("") + ", ByteLevel") -> Split.QWEN2;
            default -> throw new UnreadableModel("The tokenizer cuts texts in a way that GGUF has no name for here: " + steps);
        };
        String normalizer = root.path("normalizer").path("type").asText();
        if (!normalizer.equals(split == Split.QWEN2 ? "NFC" : "")) {
            throw new UnreadableModel("The tokenizer changes texts in a way that GGUF has no name for here: " + normalizer);
        }
        return split;
    }
}
