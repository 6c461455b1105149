package trex.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import trex.json.Json;

/// Rows of a JSON Lines file: one object a line; empty lines are passed over.
final class JsonLines implements Lines {
    private final String file;

    JsonLines(String file) {
        this.file = file;
    }

    @Override
    public Row row(String line, long number) throws BrokenData {
        try {
            return row(file, number, Json.mapper().readTree(line));
        } catch (JsonProcessingException e) {
            throw new BrokenData(file + ", line " + number + ": expected a JSON object, but " + JsonFault.of(e), e);
        }
    }

    /// Text stays text; any other value becomes its JSON; a null is an absent field. A conversation
    /// also gets the fields of [ChatTurns].
    static Row row(String file, long line, JsonNode node) throws BrokenData {
        if (!(node instanceof ObjectNode object)) {
            throw BrokenData.at(file, line, "expected a JSON object, found " + node.getNodeType());
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            JsonNode value = field.getValue();
            if (!value.isNull()) {
                fields.put(field.getKey(), value.isTextual() ? value.textValue() : value.toString());
                fields.putAll(ChatTurns.fields(field.getKey(), value));
            }
        }
        return new Row(file, line, fields);
    }
}
