package trex.data;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/// Rows of a table with a header line: `csv` as in RFC 4180, `tsv` without quoting. Empty
/// lines are passed over.
final class TableRows {
    private final String file;
    private final CSVFormat format;

    TableRows(String file, String format) {
        this.file = file;
        this.format = format.equals("tsv")
                ? CSVFormat.DEFAULT.builder().setDelimiter('\t').setQuote(null).setIgnoreEmptyLines(false).get()
                : CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get();
    }

    List<Row> read(Reader text) throws BrokenData, IOException {
        long line = 1;
        try (CSVParser parser = CSVParser.builder().setReader(text).setFormat(format).get()) {
            Iterator<CSVRecord> records = parser.iterator();
            if (!records.hasNext()) {
                throw new BrokenData(file + " is empty: expected a header line with the names of the fields");
            }
            List<String> header = header(records.next());
            List<Row> rows = new ArrayList<>();
            line = parser.getCurrentLineNumber() + 1;
            while (records.hasNext()) {
                CSVRecord record = records.next();
                if (record.size() > 1 || !record.get(0).isBlank()) {
                    rows.add(row(header, record, line));
                }
                line = parser.getCurrentLineNumber() + 1;
            }
            return rows;
        } catch (UncheckedIOException e) {
            // The parser wraps what its iterator meets: a quote that never ends, a bad byte.
            IOException cause = Objects.requireNonNull(e.getCause());
            if (cause instanceof CharacterCodingException) {
                throw cause;
            }
            throw new BrokenData(file + ", line " + line + ": expected a row of the table, but " + cause.getMessage(), e);
        }
    }

    private List<String> header(CSVRecord first) throws BrokenData {
        List<String> names = first.stream().map(String::strip).toList();
        if (new HashSet<>(names).size() != names.size() || names.contains("")) {
            throw BrokenData.at(file, 1, "expected a header of different field names, found " + names);
        }
        return names;
    }

    private Row row(List<String> header, CSVRecord found, long line) throws BrokenData {
        if (found.size() != header.size()) {
            throw BrokenData.at(file, line, "expected " + header.size() + " fields (" + String.join(", ", header)
                    + "), found " + found.size());
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            fields.put(header.get(i), found.get(i));
        }
        return new Row(file, line, fields);
    }
}
