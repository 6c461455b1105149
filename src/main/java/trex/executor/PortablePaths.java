package trex.executor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trex.fetch.Places;

/// Writes the places of files so that they say nothing of this machine's folders and hold on another:
/// `{home}` is the program's home folder, `{trex}` its installation, `{user}` the person's folder.
final class PortablePaths {
    private final Map<String, String> words;

    /// Longer folders first: one may lie in another.
    private PortablePaths(Map<String, Path> folders) {
        words = new LinkedHashMap<>();
        folders.entrySet().stream()
                .filter(folder -> folder.getValue().getNameCount() > 0)
                .sorted(Comparator.comparingInt((Map.Entry<String, Path> f) -> f.getValue().toString().length()).reversed())
                .forEach(folder -> words.put(folder.getKey(), folder.getValue().toString()));
    }

    static PortablePaths of(Places places) {
        return new PortablePaths(Map.of("{home}", places.home(), "{trex}", places.installation(),
                "{user}", Path.of(System.getProperty("user.home")).toAbsolutePath().normalize()));
    }

    /// The same JSON with every folder of this machine replaced.
    JsonNode packed(JsonNode node) {
        return changed(node, this::packed);
    }

    /// The same JSON with the places of this machine.
    JsonNode unpacked(JsonNode node) {
        return changed(node, this::unpacked);
    }

    private String packed(String text) {
        String packed = text;
        for (Map.Entry<String, String> word : words.entrySet()) {
            packed = packed.replace(word.getValue(), word.getKey());
        }
        return packed;
    }

    /// Only where a text begins so: elsewhere it is no place.
    private String unpacked(String text) {
        for (Map.Entry<String, String> word : words.entrySet()) {
            if (text.startsWith(word.getKey())) {
                return word.getValue() + text.substring(word.getKey().length());
            }
        }
        return text;
    }

    private static JsonNode changed(JsonNode node, java.util.function.UnaryOperator<String> change) {
        return switch (node) {
            case TextNode text -> TextNode.valueOf(change.apply(text.textValue()));
            case ArrayNode array -> {
                List<JsonNode> parts = new ArrayList<>();
                array.forEach(part -> parts.add(changed(part, change)));
                yield array.arrayNode().addAll(parts);
            }
            case ObjectNode object -> {
                ObjectNode fresh = object.objectNode();
                object.properties().forEach(field -> fresh.set(field.getKey(), changed(field.getValue(), change)));
                yield fresh;
            }
            default -> node;
        };
    }
}
