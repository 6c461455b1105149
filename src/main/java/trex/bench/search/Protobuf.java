package trex.bench.search;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads the fields of a protobuf message: enough for an ONNX file.
final class Protobuf {
    private Protobuf() {}

    /// @param number of the field
    /// @param value of a number; 0 for bytes
    /// @param bytes of a text, a message or packed numbers; empty for a number
    record Field(int number, long value, ByteBuffer bytes) {
        String text() {
            return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
        }

        List<Field> message() {
            return fields(bytes);
        }

        /// The number, or the packed numbers.
        List<Long> numbers() {
            if (bytes.capacity() == 0) {
                return List.of(value);
            }
            List<Long> all = new ArrayList<>();
            ByteBuffer in = bytes.duplicate();
            while (in.hasRemaining()) {
                all.add(varint(in));
            }
            return all;
        }
    }

    /// @throws java.nio.BufferUnderflowException if the message is cut short
    static List<Field> fields(ByteBuffer message) {
        List<Field> fields = new ArrayList<>();
        ByteBuffer in = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer none = ByteBuffer.allocate(0);
        while (in.hasRemaining()) {
            long key = varint(in);
            int number = (int) (key >>> 3);
            switch ((int) (key & 7)) {
                case 0 -> fields.add(new Field(number, varint(in), none));
                case 1 -> fields.add(new Field(number, in.getLong(), none));
                case 2 -> fields.add(new Field(number, 0, slice(in, (int) varint(in))));
                case 5 -> fields.add(new Field(number, in.getInt(), none));
                default -> throw new IllegalArgumentException("not a protobuf message: wire type " + (key & 7));
            }
        }
        return fields;
    }

    private static ByteBuffer slice(ByteBuffer in, int length) {
        ByteBuffer bytes = in.slice(in.position(), length);
        in.position(in.position() + length);
        return bytes;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("not a protobuf message: a number has no end");
    }
}
