package trex.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Rows of a text file: one a line, with the single field `text`; empty lines are passed over. A
/// tabulator divides a line into `text` and `answer`.
final class TextLines {
    private final String file;

    TextLines(String file) {
        this.file = file;
    }

    List<Row> read(BufferedReader text) throws BrokenData, IOException {
        List<Row> rows = new ArrayList<>();
        long number = 0;
        for (String line = text.readLine(); line != null; line = text.readLine()) {
            number++;
            if (!line.isBlank()) {
                rows.add(new Row(file, number, fields(line, number)));
            }
        }
        return rows;
    }

    private Map<String, String> fields(String line, long number) throws BrokenData {
        String[] parts = line.split("\t", -1);
        if (parts.length > 2) {
            throw BrokenData.at(file, number, "expected a text, or a text and an answer with one tabulator between them, found "
                    + parts.length + " parts");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("text", parts[0]);
        if (parts.length == 2) {
            fields.put("answer", parts[1]);
        }
        return fields;
    }
}
