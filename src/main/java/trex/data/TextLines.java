package trex.data;

import java.util.LinkedHashMap;
import java.util.Map;

/// Rows of a text file: one a line, with the single field `text`; empty lines are passed over. A
/// tabulator divides a line into `text` and `answer`.
final class TextLines implements Lines {
    private final String file;

    TextLines(String file) {
        this.file = file;
    }

    @Override
    public Row row(String line, long number) throws BrokenData {
        return new Row(file, number, fields(line, number));
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
