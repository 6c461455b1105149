package trex.lm.io;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import trex.json.Json;
import trex.lm.FloatTensor;
import trex.lm.UnreadableModel;

/// Writes safetensors files, one tensor in memory at a time. A file is on the disk when its
/// method returns, and nothing is ever overwritten.
public final class SafetensorsWriter {
    private SafetensorsWriter() {}

    /// Writes tensors as they are, in fp32.
    public static void write(Path file, List<FloatTensor> tensors, Map<String, String> metadata) throws IOException {
        List<StoredTensor> stored = tensors.stream().map(StoredTensor::of).toList();
        try (TensorSink sink = new TensorSink(file)) {
            sink.write(head(stored, metadata));
            for (FloatTensor tensor : tensors) {
                sink.write(tensor.values());
            }
            sink.force();
        }
    }

    static void writeStored(Path file, List<StoredTensor> tensors, Map<String, String> metadata)
            throws IOException, UnreadableModel {
        try (TensorSink sink = new TensorSink(file)) {
            sink.write(head(tensors, metadata));
            for (StoredTensor tensor : tensors) {
                sink.write(tensor);
            }
            sink.force();
        }
    }

    /// Length and header, padded with blanks so that the tensors lie at a multiple of eight bytes.
    private static byte[] head(List<StoredTensor> tensors, Map<String, String> metadata) throws IOException {
        ObjectNode header = Json.mapper().createObjectNode();
        ObjectNode notes = header.putObject("__metadata__");
        metadata.forEach(notes::put);
        long end = 0;
        for (StoredTensor tensor : tensors) {
            ObjectNode entry = header.putObject(tensor.name()).put("dtype", tensor.type().name());
            entry.set("shape", Json.mapper().valueToTree(tensor.shape()));
            entry.putArray("data_offsets").add(end).add(end + tensor.bytes());
            end += tensor.bytes();
        }
        byte[] text = Json.mapper().writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
        int length = (text.length + 7) / 8 * 8;
        ByteBuffer head = ByteBuffer.allocate(8 + length).order(ByteOrder.LITTLE_ENDIAN).putLong(length).put(text);
        while (head.hasRemaining()) {
            head.put((byte) ' ');
        }
        return head.array();
    }
}
