package trex.lm.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trex.lm.UnreadableModel;

/// A mapped GGUF file of version 2 or 3
/// (<https://github.com/ggml-org/ggml/blob/master/docs/gguf.md>).
///
/// @param tensors under the file's own names, rows first
record GgufFile(GgufMetadata metadata, Map<String, MappedTensor> tensors) {
    static final int MAGIC = 0x4655_4747;
    private static final int MOST_ENTRIES = 1 << 20;
    private static final int MOST_DIMENSIONS = 4;

    static GgufFile open(MappedFile file) throws UnreadableModel {
        GgufCursor cursor = new GgufCursor(file);
        if (cursor.int32("the magic number") != MAGIC) {
            throw new UnreadableModel(file.path(), "it is no GGUF file");
        }
        int version = cursor.int32("the version");
        if (version != 2 && version != 3) {
            throw new UnreadableModel(file.path(), "GGUF version " + version + " is not supported; 2 and 3 are");
        }
        int tensorCount = count(file, cursor.int64("the number of tensors"), "tensors");
        int pairCount = count(file, cursor.int64("the number of metadata entries"), "metadata entries");
        GgufMetadata metadata = metadata(file, cursor, pairCount);
        return new GgufFile(metadata, tensors(file, cursor, tensorCount, alignment(metadata)));
    }

    private static int count(MappedFile file, long count, String what) throws UnreadableModel {
        if (count < 0 || count > MOST_ENTRIES) {
            throw new UnreadableModel(file.path(), "it is damaged: it would have " + count + " " + what);
        }
        return (int) count;
    }

    private static GgufMetadata metadata(MappedFile file, GgufCursor cursor, int count) throws UnreadableModel {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String key = cursor.text("a metadata key");
            if (values.put(key, cursor.value(key)) != null) {
                throw new UnreadableModel(file.path(), "the metadata key " + key + " stands there twice");
            }
        }
        return new GgufMetadata(file.path(), values);
    }

    private static long alignment(GgufMetadata metadata) throws UnreadableModel {
        long alignment = metadata.integer("general.alignment", 32);
        if (alignment < 8 || alignment > 1 << 20 || Long.bitCount(alignment) != 1) {
            throw new UnreadableModel(metadata.path(), "general.alignment = " + alignment + " makes no sense");
        }
        return alignment;
    }

    private static Map<String, MappedTensor> tensors(MappedFile file, GgufCursor cursor, int count, long alignment)
            throws UnreadableModel {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(Entry.read(file, cursor, alignment));
        }
        long start = (cursor.position() + alignment - 1) / alignment * alignment;
        Map<String, MappedTensor> tensors = new LinkedHashMap<>();
        for (Entry entry : entries) {
            MemorySegment bytes = file.part(Math.addExact(start, entry.offset()), entry.length(), "the tensor " + entry.name());
            if (tensors.put(entry.name(), new MappedTensor(entry.type(), entry.shape(), bytes, 0)) != null) {
                throw new UnreadableModel(file.path(), "the tensor " + entry.name() + " stands there twice");
            }
        }
        return tensors;
    }

    static GgufFile open(Path path, Arena arena) throws UnreadableModel {
        return open(MappedFile.open(path, arena));
    }

    /// The number of a format in the file.
    static int code(TensorType type) {
        return switch (type) {
            case F32 -> 0;
            case F16 -> 1;
            case Q4_0 -> 2;
            case Q4_1 -> 3;
            case Q8_0 -> 8;
            case Q6_K -> 14;
            case BF16 -> 30;
        };
    }

    /// One tensor as the file states it, with its shape turned rows first.
    private record Entry(String name, TensorType type, long[] shape, long offset, long length) {
        static Entry read(MappedFile file, GgufCursor cursor, long alignment) throws UnreadableModel {
            String name = cursor.text("a tensor's name");
            int dimensions = cursor.int32("the dimensions of " + name);
            if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
                throw new UnreadableModel(file.path(), "the tensor " + name + " would have " + dimensions + " dimensions");
            }
            long[] shape = new long[dimensions];
            for (int i = dimensions - 1; i >= 0; i--) {
                shape[i] = cursor.int64("the shape of " + name);
                if (shape[i] < 1) {
                    throw new UnreadableModel(file.path(), "the tensor " + name + " would have a side of " + shape[i]);
                }
            }
            TensorType type = type(file, name, cursor.int32("the type of " + name));
            long offset = cursor.int64("the place of " + name);
            if (offset < 0 || offset > file.size() || offset % alignment != 0) {
                throw new UnreadableModel(file.path(), "the tensor " + name + " would lie at byte " + offset
                        + ", the file has " + file.size());
            }
            return new Entry(name, type, shape, offset, length(file, name, type, shape));
        }

        private static long length(MappedFile file, String name, TensorType type, long[] shape) throws UnreadableModel {
            long row = shape[shape.length - 1];
            if (row % type.blockElements() != 0) {
                throw new UnreadableModel(file.path(), "the rows of the tensor " + name + " have " + row
                        + " numbers, which are no whole blocks of " + type.blockElements());
            }
            try {
                return type.bytes(MappedTensor.elements(shape));
            } catch (ArithmeticException e) {
                throw new UnreadableModel(file.path(), "the shape of the tensor " + name + " is beyond all bounds", e);
            }
        }

        private static TensorType type(MappedFile file, String name, int code) throws UnreadableModel {
            for (TensorType type : TensorType.values()) {
                if (code(type) == code) {
                    return type;
                }
            }
            throw new UnreadableModel(file.path(), "the tensor " + name + " has the GGML type " + code
                    + "; F32, F16, BF16, Q8_0, Q4_0, Q4_1 and Q6_K can be read");
        }
    }
}
