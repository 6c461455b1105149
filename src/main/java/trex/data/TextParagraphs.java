package trex.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Rows of a text file whose texts have empty lines between them: each is one row with the single
/// field `text`, its own lines kept.
final class TextParagraphs {
    private final String file;

    TextParagraphs(String file) {
        this.file = file;
    }

    List<Row> read(BufferedReader text) throws IOException {
        List<Row> rows = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        long number = 0;
        long first = 1;
        for (String line = text.readLine(); line != null; line = text.readLine()) {
            number++;
            if (line.isBlank()) {
                close(open, first, rows);
                continue;
            }
            if (open.isEmpty()) {
                first = number;
            }
            open.append(line).append('\n');
        }
        close(open, first, rows);
        return rows;
    }

    private void close(StringBuilder open, long first, List<Row> rows) {
        if (!open.isEmpty()) {
            rows.add(new Row(file, first, Map.of("text", open.toString().stripTrailing())));
            open.setLength(0);
        }
    }
}
