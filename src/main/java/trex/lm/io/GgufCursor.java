package trex.lm.io;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import trex.lm.UnreadableModel;

/// Walks the head of a GGUF file and never past its end.
final class GgufCursor {
    private static final int LONGEST_TEXT = 1 << 24;
    private static final int ARRAY = 9;

    private final MappedFile file;
    private long position;

    GgufCursor(MappedFile file) {
        this.file = file;
    }

    long position() {
        return position;
    }

    int int32(String what) throws UnreadableModel {
        return next(4, what).get(JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN), 0);
    }

    long int64(String what) throws UnreadableModel {
        return next(8, what).get(JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN), 0);
    }

    String text(String what) throws UnreadableModel {
        long length = int64(what);
        if (length < 0 || length > LONGEST_TEXT) {
            throw new UnreadableModel(file.path(), "it is damaged: " + what + " would be " + length + " bytes long");
        }
        return new String(next(length, what).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
    }

    Object value(String key) throws UnreadableModel {
        return value(key, int32(key));
    }

    private Object value(String key, int type) throws UnreadableModel {
        return switch (type) {
            case 0 -> (long) (next(1, key).get(JAVA_BYTE, 0) & 0xff);
            case 1 -> (long) next(1, key).get(JAVA_BYTE, 0);
            case 2 -> (long) Short.toUnsignedInt(next(2, key).get(JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN), 0));
            case 3 -> (long) next(2, key).get(JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN), 0);
            case 4 -> Integer.toUnsignedLong(int32(key));
            case 5 -> (long) int32(key);
            case 6 -> (double) next(4, key).get(JAVA_FLOAT_UNALIGNED.withOrder(LITTLE_ENDIAN), 0);
            case 7 -> next(1, key).get(JAVA_BYTE, 0) != 0;
            case 8 -> text(key);
            case ARRAY -> array(key);
            case 10, 11 -> int64(key);
            case 12 -> next(8, key).get(JAVA_DOUBLE_UNALIGNED.withOrder(LITTLE_ENDIAN), 0);
            default -> throw new UnreadableModel(file.path(), "it is damaged: " + key + " has the unknown type " + type);
        };
    }

    private List<Object> array(String key) throws UnreadableModel {
        int type = int32(key);
        long count = int64(key);
        if (type == ARRAY || count < 0 || count > file.size() - position) {
            throw new UnreadableModel(file.path(), "it is damaged: " + key + " would be a list of " + count
                    + (type == ARRAY ? " lists" : " values"));
        }
        List<Object> values = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            values.add(value(key, type));
        }
        return values;
    }

    private MemorySegment next(long length, String what) throws UnreadableModel {
        MemorySegment part = file.part(position, length, what);
        position += length;
        return part;
    }
}
