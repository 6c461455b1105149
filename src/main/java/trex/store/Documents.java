package trex.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import trex.json.Json;

/// JSON columns.
final class Documents {
    private Documents() {}

    static @Nullable String write(@Nullable Object value) {
        try {
            return value == null ? null : Json.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + value, e);
        }
    }

    static <T> T read(ResultSet row, String column, Class<T> type) throws SQLException {
        T value = readNullable(row, column, type);
        if (value == null) {
            throw new SQLException("the column " + column + " is empty");
        }
        return value;
    }

    static <T> @Nullable T readNullable(ResultSet row, String column, Class<T> type) throws SQLException {
        String text = row.getString(column);
        try {
            return text == null ? null : Json.mapper().readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new SQLException("the column " + column + " holds no " + type.getSimpleName() + ": "
                    + e.getOriginalMessage(), e);
        }
    }
}
