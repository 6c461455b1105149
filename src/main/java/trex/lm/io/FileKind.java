package trex.lm.io;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import trex.lm.UnreadableModel;

/// What a model file is, by its first bytes.
public enum FileKind {
    GGUF,
    LLAMA2C,
    SAFETENSORS;

    /// @throws UnreadableModel if it is none of these, or one that is never loaded
    public static FileKind of(Path path) throws UnreadableModel {
        try (Arena arena = Arena.ofConfined()) {
            MappedFile file = MappedFile.open(path, arena);
            Pickles.refuse(file);
            if (file.size() >= 4 && file.bytes().get(JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN), 0) == GgufFile.MAGIC) {
                return GGUF;
            }
            if (isSafetensors(file)) {
                return SAFETENSORS;
            }
            if (Llama2cModel.looksLikeOne(file)) {
                return LLAMA2C;
            }
            throw new UnreadableModel(path, "it is neither a GGUF nor a llama2.c file");
        }
    }

    private static boolean isSafetensors(MappedFile file) {
        if (file.size() < 10 || file.bytes().get(JAVA_BYTE, 8) != '{') {
            return false;
        }
        long header = file.bytes().get(JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN), 0);
        return header > 0 && header <= file.size() - 8;
    }
}
