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
/// that begin with their speaker) and `<name>.answer` (the last turn of the model). One that is a
/// prompt only, or an answer only, has only those.
final class ChatTurns {
    private static final Set<String> MODEL = Set.of("assistant", "gpt", "model", "bot", "chatgpt");

    private ChatTurns() {}

    /// Nothing for a value that is no conversation.
    static Map<String, String> fields(String name, JsonNode value) {
        List<Turn> asked = new ArrayList<>(turns(value));
        Map<String, String> fields = new LinkedHashMap<>();
        String answer = !asked.isEmpty() && asked.getLast().ofModel() ? asked.removeLast().text() : null;
        if (!asked.isEmpty() && asked.getFirst().speaker().equals("system")) {
            fields.put(name + ".system", asked.removeFirst().text());
        }
        if (!asked.isEmpty()) {
            fields.put(name + ".prompt", asked.size() == 1 ? asked.getFirst().text() : spoken(asked));
        }
        if (answer != null) {
            fields.put(name + ".answer", answer);
        }
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
