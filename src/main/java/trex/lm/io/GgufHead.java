package trex.lm.io;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Builds the head of a GGUF file of version 3: metadata, then the tensors' places.
final class GgufHead {
    static final int ALIGNMENT = 32;

    private final ByteArrayOutputStream metadata = new ByteArrayOutputStream();
    private long entries;

    GgufHead put(String key, String value) {
        key(key, 8);
        text(metadata, value);
        return this;
    }

    GgufHead put(String key, int value) {
        key(key, 4);
        int32(metadata, value);
        return this;
    }

    GgufHead put(String key, float value) {
        key(key, 6);
        int32(metadata, Float.floatToRawIntBits(value));
        return this;
    }

    GgufHead put(String key, boolean value) {
        key(key, 7);
        metadata.write(value ? 1 : 0);
        return this;
    }

    GgufHead putTexts(String key, List<String> values) {
        list(key, 8, values.size());
        values.forEach(v -> text(metadata, v));
        return this;
    }

    GgufHead putInts(String key, List<Integer> values) {
        list(key, 5, values.size());
        values.forEach(v -> int32(metadata, v));
        return this;
    }

    /// The whole head for these tensors, up to the padding before the first of them.
    byte[] bytes(List<StoredTensor> tensors) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int32(out, GgufFile.MAGIC);
        int32(out, 3);
        int64(out, tensors.size());
        int64(out, entries);
        out.writeBytes(metadata.toByteArray());
        long place = 0;
        for (StoredTensor tensor : tensors) {
            text(out, tensor.name());
            int32(out, tensor.shape().length);
            for (int i = tensor.shape().length - 1; i >= 0; i--) {
                int64(out, tensor.shape()[i]);
            }
            int32(out, GgufFile.code(tensor.type()));
            int64(out, place);
            place += (tensor.bytes() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        }
        return out.toByteArray();
    }

    private void list(String key, int type, int size) {
        key(key, 9);
        int32(metadata, type);
        int64(metadata, size);
    }

    private void key(String key, int type) {
        text(metadata, key);
        int32(metadata, type);
        entries++;
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int64(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void int32(ByteArrayOutputStream out, int value) {
        out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    }

    private static void int64(ByteArrayOutputStream out, long value) {
        out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    }
}
