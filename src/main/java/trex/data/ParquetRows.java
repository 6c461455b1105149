package trex.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.row.PqList;
import dev.hardwood.row.PqMap;
import dev.hardwood.row.PqStruct;
import dev.hardwood.row.StructAccessor;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import trex.json.Json;

/// Rows of a Parquet file, plain or compressed by gzip or Snappy. A row's line is its number, from 1 on;
/// lists, structures and maps become what the same data is in JSON.
final class ParquetRows {
    private final String name;

    ParquetRows(String name) {
        this.name = name;
    }

    List<Row> read(Path file) throws BrokenData, IOException {
        List<Row> rows = new ArrayList<>();
        try (ParquetFileReader parquet = ParquetFileReader.open(InputFile.of(file));
                RowReader reader = parquet.rowReader()) {
            while (reader.hasNext()) {
                reader.next();
                rows.add(JsonLines.row(name, rows.size() + 1, object(reader)));
            }
            return rows;
        } catch (RuntimeException e) {
            // The library says by unchecked exceptions what is wrong with a file.
            throw new BrokenData(name + ", after row " + rows.size() + ": expected Parquet, plain or compressed by gzip or snappy, but "
                    + innermost(e), e);
        }
    }

    private static ObjectNode object(StructAccessor row) {
        ObjectNode object = Json.mapper().createObjectNode();
        for (int field = 0; field < row.getFieldCount(); field++) {
            object.set(row.getFieldName(field), row.isNull(field) ? null : node(row.getValue(field)));
        }
        return object;
    }

    private static JsonNode node(@Nullable Object value) {
        var nodes = Json.mapper().getNodeFactory();
        return switch (value) {
            case null -> nodes.nullNode();
            case PqStruct structure -> object(structure);
            case PqList list -> array(list.values());
            case PqMap map -> entries(map);
            case Boolean truth -> nodes.booleanNode(truth);
            case Integer number -> nodes.numberNode(number);
            case Long number -> nodes.numberNode(number);
            case Float number -> nodes.numberNode(number);
            case Double number -> nodes.numberNode(number);
            case BigDecimal number -> nodes.numberNode(number);
            case byte[] bytes -> nodes.textNode(new String(bytes, StandardCharsets.UTF_8));
            default -> nodes.textNode(value.toString());
        };
    }

    private static ArrayNode array(List<?> values) {
        ArrayNode array = Json.mapper().createArrayNode();
        values.forEach(value -> array.add(node(value)));
        return array;
    }

    private static ObjectNode entries(PqMap map) {
        ObjectNode object = Json.mapper().createObjectNode();
        map.getEntries().forEach(entry -> object.set(String.valueOf(entry.getKey()), node(entry.getValue())));
        return object;
    }

    private static String innermost(Throwable fault) {
        Throwable cause = fault.getCause();
        return cause == null ? String.valueOf(fault.getMessage()) : innermost(cause);
    }
}
