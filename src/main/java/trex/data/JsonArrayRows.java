package trex.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import trex.json.Json;

/// Rows of a JSON file that is one array of objects.
final class JsonArrayRows {
    /// Reads a value that others follow, which the strict mapper refuses.
    private static final ObjectReader ONE_OF_MANY =
            Json.mapper().reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String file;

    JsonArrayRows(String file) {
        this.file = file;
    }

    List<Row> read(Reader text) throws BrokenData, IOException {
        List<Row> rows = new ArrayList<>();
        try (JsonParser parser = Json.mapper().createParser(text)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw BrokenData.at(file, 1, "expected an array of objects that begins with [");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                long line = parser.currentTokenLocation().getLineNr();
                rows.add(JsonLines.row(file, line, ONE_OF_MANY.readTree(parser)));
            }
            return rows;
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new BrokenData(file + ", line " + line + ": expected an array of objects, but "
                    + JsonFault.of(e), e);
        }
    }
}
