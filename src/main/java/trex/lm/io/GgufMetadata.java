package trex.lm.io;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import trex.lm.UnreadableModel;

/// The key-value pairs of a GGUF file, read by type.
///
/// @param values `Long`, `Double`, `Boolean`, `String`, `List<Object>` of these
public record GgufMetadata(Path path, Map<String, Object> values) {
    public Set<String> keys() {
        return values.keySet();
    }

    public String text(String key) throws UnreadableModel {
        return required(key, String.class, "a text");
    }

    public @Nullable String textOrNull(String key) throws UnreadableModel {
        return values.containsKey(key) ? text(key) : null;
    }

    public long integer(String key) throws UnreadableModel {
        return required(key, Long.class, "a whole number");
    }

    public long integer(String key, long otherwise) throws UnreadableModel {
        return values.containsKey(key) ? integer(key) : otherwise;
    }

    public double real(String key, double otherwise) throws UnreadableModel {
        if (values.get(key) instanceof Long whole) {
            return whole;
        }
        return values.containsKey(key) ? required(key, Double.class, "a number") : otherwise;
    }

    public boolean flag(String key, boolean otherwise) throws UnreadableModel {
        return values.containsKey(key) ? required(key, Boolean.class, "true or false") : otherwise;
    }

    public List<String> texts(String key) throws UnreadableModel {
        return list(key, String.class, "texts");
    }

    public List<Long> integers(String key) throws UnreadableModel {
        return list(key, Long.class, "whole numbers");
    }

    public List<Double> reals(String key) throws UnreadableModel {
        return list(key, Double.class, "numbers");
    }

    private <T> List<T> list(String key, Class<T> type, String what) throws UnreadableModel {
        List<?> list = required(key, List.class, "a list of " + what);
        for (Object value : list) {
            if (!type.isInstance(value)) {
                throw new UnreadableModel(path, key + " must be a list of " + what + ", but holds " + value);
            }
        }
        return list.stream().map(type::cast).toList();
    }

    private <T> T required(String key, Class<T> type, String what) throws UnreadableModel {
        Object value = values.get(key);
        if (value == null) {
            throw new UnreadableModel(path, "its metadata lacks " + key);
        }
        if (!type.isInstance(value)) {
            throw new UnreadableModel(path, key + " must be " + what + ", got " + value);
        }
        return type.cast(value);
    }
}
