package trex.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reads conversations, lists of turns with `role` and `content` or with `from` and `value`, as
/// fields: `<name>.system`, `<name>.prompt` (all before the last answer; several turns are lines
/// that begin with their speaker) and `<name>.answer` (the last turn of the model).
final class ChatTurns {
    private static final Set<String> MODEL = Set.of("assistant", "gpt", "model", "bot", "chatgpt");

    private ChatTurns() {}

    /// Nothing for a value that is no conversation, or one in which the model does not have the last word.
    static Map<String, String> fields(String name, JsonNode value) {
        List<Turn> turns = turns(value);
        Map<String, String> fields = new LinkedHashMap<>();
        if (turns.size() < 2 || !turns.getLast().ofModel()) {
            return fields;
        }
        List<Turn> before = new ArrayList<>(turns.subList(0, turns.size() - 1));
        if (before.getFirst().speaker().equals("system")) {
            fields.put(name + ".system", before.removeFirst().text());
        }
        if (before.isEmpty()) {
            return Map.of();
        }
        fields.put(name + ".prompt", before.size() == 1 ? before.getFirst().text() : spoken(before));
        fields.put(name + ".answer", turns.getLast().text());
        return fields;
    }

    private static String spoken(List<Turn> turns) {
        return String.join("\n", turns.stream().map(t -> t.speaker() + ": " + t.text()).toList());
    }

    private static List<Turn> turns(JsonNode value) {
        List<Turn> turns = new ArrayList<>();
        if (!value.isArray()) {
            return turns;
        }
        for (JsonNode turn : value) {
            JsonNode speaker = turn.path(turn.has("role") ? "role" : "from");
            JsonNode text = turn.path(turn.has("content") ? "content" : "value");
            if (!speaker.isTextual() || !text.isTextual()) {
                return List.of();
            }
            turns.add(new Turn(speaker.textValue().toLowerCase(Locale.ROOT), text.textValue()));
        }
        return turns;
    }

    private record Turn(String speaker, String text) {
        boolean ofModel() {
            return MODEL.contains(speaker);
        }
    }
}
