package trex.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import trex.json.Json;
import trex.lm.FloatTensor;
import trex.lm.UnreadableModel;
import trex.lm.io.SafetensorsFile;

/// Writes fp32 tensors as a safetensors file and reads them back bit for bit.
public final class TensorFile {
    private static final int PIECE = 1 << 26;

    private TensorFile() {}

    /// Written straight from the tensors' memory, and on the disk when this returns.
    public static void write(Path path, List<FloatTensor> tensors, Map<String, String> metadata) throws IOException {
        ObjectNode header = Json.mapper().createObjectNode();
        ObjectNode notes = header.putObject("__metadata__");
        metadata.forEach(notes::put);
        long end = 0;
        for (FloatTensor tensor : tensors) {
            ObjectNode entry = header.putObject(tensor.name());
            entry.put("dtype", "F32");
            entry.set("shape", Json.mapper().valueToTree(tensor.shape()));
            entry.putArray("data_offsets").add(end).add(end + tensor.values().byteSize());
            end += tensor.values().byteSize();
        }
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writeFully(file, frame(Json.mapper().writeValueAsString(header)));
            for (FloatTensor tensor : tensors) {
                writeFully(file, tensor.values());
            }
            file.force(true);
        }
    }

    /// Length and header, padded with blanks so that the tensors lie at a multiple of eight bytes.
    private static ByteBuffer frame(String header) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        int length = (text.length + 7) / 8 * 8;
        ByteBuffer frame = ByteBuffer.allocate(8 + length).order(ByteOrder.LITTLE_ENDIAN);
        frame.putLong(length).put(text);
        while (frame.hasRemaining()) {
            frame.put((byte) ' ');
        }
        return frame.flip();
    }

    private static void writeFully(FileChannel file, MemorySegment bytes) throws IOException {
        for (long from = 0; from < bytes.byteSize(); from += PIECE) {
            writeFully(file, bytes.asSlice(from, Math.min(PIECE, bytes.byteSize() - from)).asByteBuffer());
        }
    }

    private static void writeFully(FileChannel file, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    /// Overwrites the given tensors by those of the same names in the file.
    static void readInto(Path path, List<FloatTensor> tensors) throws UnreadableModel {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            for (FloatTensor tensor : tensors) {
                if (!file.names().contains(tensor.name())) {
                    throw new UnreadableModel(path, "the tensor " + tensor.name() + " is missing");
                }
                if (!java.util.Arrays.equals(file.shape(tensor.name()), tensor.shape())) {
                    throw new UnreadableModel(path, "the tensor " + tensor.name() + " has the shape of another model");
                }
                file.copyTo(tensor.name(), tensor.values());
            }
        }
    }
}
