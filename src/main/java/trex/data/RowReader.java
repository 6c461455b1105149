package trex.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// Reads the rows of a file in one of the formats of [trex.model.DataSource].
public final class RowReader {
    /// The formats, which are also the endings of their files.
    public static final List<String> FORMATS = List.of("tsv", "csv", "jsonl", "json", "txt", "text", "parquet");

    /// All rows in the file's order.
    ///
    /// @param format one of [#FORMATS]
    /// @throws BrokenData for a file that is missing, empty, not UTF-8 or has a broken line
    public List<Row> read(Path file, String format) throws BrokenData {
        String name = String.valueOf(file.getFileName());
        try {
            List<Row> rows = format.equals("parquet") ? new ParquetRows(name).read(file) : text(file, name, format);
            if (rows.isEmpty()) {
                throw new BrokenData(name + " has no rows: expected at least one (" + file + ")");
            }
            return rows;
        } catch (NoSuchFileException e) {
            throw new BrokenData("the data file " + file + " is not there", e);
        } catch (CharacterCodingException e) {
            throw new BrokenData(file + " is no UTF-8 text: save it as UTF-8", e);
        } catch (IOException e) {
            throw new BrokenData(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<Row> text(Path file, String name, String format) throws BrokenData, IOException {
        try (BufferedReader text = format.equals("json") ? Utf8.open(file) : new BufferedReader(new LineGuard(Utf8.open(file)))) {
            return switch (format) {
                case "tsv", "csv" -> new TableRows(name, format).read(text);
                case "jsonl" -> new JsonLines(name).read(text);
                case "json" -> new JsonArrayRows(name).read(text);
                case "txt" -> new TextLines(name).read(text);
                case "text" -> new TextParagraphs(name).read(text);
                default -> throw new IllegalArgumentException("unknown format \"" + format + "\"");
            };
        }
    }
}
