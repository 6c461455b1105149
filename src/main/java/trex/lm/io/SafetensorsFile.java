package trex.lm.io;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import trex.json.Json;
import trex.lm.UnreadableModel;

/// A mapped safetensors file (<https://github.com/huggingface/safetensors>): eight bytes of header
/// length, a JSON header, and the tensors without a hole between them.
public final class SafetensorsFile implements AutoCloseable {
    private static final long LARGEST_HEADER = 100_000_000;
    private static final ValueLayout.OfLong LENGTH =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path path;
    private final Arena arena;
    private final Map<String, MappedTensor> tensors;
    private final Map<String, String> metadata;

    private SafetensorsFile(Path path, Arena arena, Map<String, MappedTensor> tensors, Map<String, String> metadata) {
        this.path = path;
        this.arena = arena;
        this.tensors = tensors;
        this.metadata = metadata;
    }

    public static SafetensorsFile open(Path path) throws UnreadableModel {
        Arena arena = Arena.ofShared();
        boolean good = false;
        try {
            SafetensorsFile file = open(path, arena);
            good = true;
            return file;
        } finally {
            if (!good) {
                arena.close();
            }
        }
    }

    /// The same in an arena of the caller's, who then closes that instead of the file.
    static SafetensorsFile open(Path path, Arena arena) throws UnreadableModel {
        MappedFile file = MappedFile.open(path, arena);
        Pickles.refuse(file);
        long length = file.part(0, 8, "the header's length").get(LENGTH, 0);
        if (length < 2 || length > LARGEST_HEADER) {
            throw new UnreadableModel(path, "it is no safetensors file: its header would be " + length + " bytes long");
        }
        MemorySegment header = file.part(8, length, "the header");
        MemorySegment data = file.part(8 + length, file.size() - 8 - length, "the tensors");
        Map<String, MappedTensor> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Extent> extents = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : parse(path, header).properties()) {
            if (entry.getKey().equals("__metadata__")) {
                entry.getValue().properties().forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
            } else {
                Entry tensor = Entry.read(path, entry.getKey(), entry.getValue());
                extents.add(tensor.extent());
                tensors.put(entry.getKey(), tensor.in(path, data));
            }
        }
        refuseHoles(path, extents, data.byteSize());
        return new SafetensorsFile(path, arena, tensors, metadata);
    }

    private static JsonNode parse(Path path, MemorySegment header) throws UnreadableModel {
        try {
            JsonNode root = Json.mapper().readTree(header.toArray(JAVA_BYTE));
            if (!root.isObject()) {
                throw new UnreadableModel(path, "it is no safetensors file: its header is no JSON object");
            }
            return root;
        } catch (IOException e) {
            throw new UnreadableModel(path, "it is no safetensors file: its header is no JSON", e);
        }
    }

    private static void refuseHoles(Path path, List<Extent> extents, long size) throws UnreadableModel {
        extents.sort(Comparator.comparingLong(Extent::begin).thenComparingLong(Extent::end));
        long at = 0;
        for (Extent extent : extents) {
            if (extent.begin() != at) {
                throw new UnreadableModel(path, "its tensors overlap or leave a hole at byte " + at + " of the data");
            }
            at = extent.end();
        }
        if (at != size) {
            throw new UnreadableModel(path, "its tensors end at byte " + at + " of the data, which has " + size);
        }
    }

    Map<String, MappedTensor> tensors() {
        return tensors;
    }

    public Set<String> names() {
        return Collections.unmodifiableSet(tensors.keySet());
    }

    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    /// @throws IllegalArgumentException for an unknown name
    public long[] shape(String name) {
        return tensor(name).shape().clone();
    }

    /// @throws IllegalArgumentException for an unknown name
    TensorType type(String name) {
        return tensor(name).type();
    }

    /// Writes the tensor in row-major fp32, native byte order.
    ///
    /// @param target exactly 4 bytes an element
    /// @throws UnreadableModel if a number is not finite
    /// @throws IllegalArgumentException for an unknown name or a target of another size
    public void copyTo(String name, MemorySegment target) throws UnreadableModel {
        if (!tensor(name).copyTo(target)) {
            throw new UnreadableModel(path, "the tensor " + name + " has numbers that are not finite");
        }
    }

    @Override
    public void close() {
        arena.close();
    }

    private MappedTensor tensor(String name) {
        MappedTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor \"" + name + "\" in " + path);
        }
        return tensor;
    }

    private record Extent(long begin, long end) {}

    /// One tensor as the header states it.
    private record Entry(String name, TensorType type, long[] shape, Extent extent) {
        static Entry read(Path path, String name, JsonNode node) throws UnreadableModel {
            JsonNode shape = node.path("shape");
            JsonNode offsets = node.path("data_offsets");
            if (!shape.isArray() || offsets.size() != 2 || !isLength(offsets.get(0)) || !isLength(offsets.get(1))) {
                throw new UnreadableModel(path, "the header's entry for the tensor " + name + " is damaged");
            }
            long[] sizes = new long[shape.size()];
            for (int i = 0; i < sizes.length; i++) {
                if (!isLength(shape.get(i))) {
                    throw new UnreadableModel(path, "the shape of the tensor " + name + " is damaged: " + shape);
                }
                sizes[i] = shape.get(i).longValue();
            }
            return new Entry(name, type(path, name, node.path("dtype").asText()), sizes,
                    new Extent(offsets.get(0).longValue(), offsets.get(1).longValue()));
        }

        private static boolean isLength(JsonNode node) {
            return node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0;
        }

        private static TensorType type(Path path, String name, String dtype) throws UnreadableModel {
            return switch (dtype) {
                case "F32" -> TensorType.F32;
                case "F16" -> TensorType.F16;
                case "BF16" -> TensorType.BF16;
                default -> throw new UnreadableModel(path, "the tensor " + name + " has the number format \"" + dtype
                        + "\"; F32, F16 and BF16 can be read");
            };
        }

        MappedTensor in(Path path, MemorySegment data) throws UnreadableModel {
            long length = extent.end() - extent.begin();
            if (length < 0 || extent.end() > data.byteSize()) {
                throw new UnreadableModel(path, "it is cut short or damaged: the tensor " + name + " should end at byte "
                        + extent.end() + " of the data, which has " + data.byteSize());
            }
            try {
                if (length != type.bytes(MappedTensor.elements(shape))) {
                    throw new UnreadableModel(path, "the tensor " + name + " does not have the length of its shape");
                }
            } catch (ArithmeticException e) {
                throw new UnreadableModel(path, "the shape of the tensor " + name + " is beyond all bounds", e);
            }
            return new MappedTensor(type, shape, data.asSlice(extent.begin(), length), 0);
        }
    }
}
