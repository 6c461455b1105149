package trex.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import trex.json.Json;

/// The text by which a line of a file is compared with others: the values of its fields.
///
/// @param file for messages
/// @param json whether a line is a JSON object; else it is taken as it stands
record LineText(String file, boolean json) {
    /// @throws BrokenData for a line that is no JSON object
    String of(String line, long number) throws BrokenData {
        return NormalText.of(json ? values(line, number) : line);
    }

    private String values(String line, long number) throws BrokenData {
        StringBuilder text = new StringBuilder(line.length());
        try (JsonParser parser = Json.mapper().createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw BrokenData.at(file, number, "expected a JSON object, found \"" + start(line) + "\"");
            }
            int depth = 1;
            while (depth > 0) {
                JsonToken token = parser.nextToken();
                if (token == null) {
                    throw BrokenData.at(file, number, "expected a JSON object, but it ends too early");
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token.isScalarValue()) {
                    text.append(parser.getText()).append('\n');
                }
            }
            if (parser.nextToken() != null) {
                throw BrokenData.at(file, number, "expected one JSON object a line, found more");
            }
            return text.toString();
        } catch (JsonProcessingException e) {
            throw new BrokenData(file + ", line " + number + ": expected a JSON object, but " + JsonFault.of(e), e);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory", e);
        }
    }

    private static String start(String line) {
        return line.length() <= 20 ? line : line.substring(0, 20) + "…";
    }
}
