package trex.lm.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import trex.lm.UnreadableModel;

/// A file in memory, read-only. The pages stay the operating system's.
record MappedFile(Path path, MemorySegment bytes) {
    static MappedFile open(Path path, Arena arena) throws UnreadableModel {
        if (Files.isDirectory(path)) {
            throw new UnreadableModel(path, "it is a folder, a file was expected");
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size == 0) {
                throw new UnreadableModel(path, "it is empty");
            }
            return new MappedFile(path, channel.map(MapMode.READ_ONLY, 0, size, arena));
        } catch (NoSuchFileException e) {
            throw new UnreadableModel(path, "there is no such file", e);
        } catch (IOException e) {
            throw new UnreadableModel(path, "the disk refuses: " + e.getMessage(), e);
        }
    }

    long size() {
        return bytes.byteSize();
    }

    /// A part of the file.
    ///
    /// @param what names the part in the error
    MemorySegment part(long from, long length, String what) throws UnreadableModel {
        if (from < 0 || length < 0 || from > size() || length > size() - from) {
            throw new UnreadableModel(path, "it is cut short or damaged: " + what + " should lie at byte " + from
                    + " and be " + length + " bytes long, but the file has " + size() + " bytes");
        }
        return bytes.asSlice(from, length);
    }
}
