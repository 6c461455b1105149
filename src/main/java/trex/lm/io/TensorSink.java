package trex.lm.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import trex.lm.UnreadableModel;

/// A new file that takes heads and tensors one after another; on the disk once it is closed well.
final class TensorSink implements AutoCloseable {
    private static final int PIECE = 1 << 26;

    private final FileChannel channel;

    /// @throws java.nio.file.FileAlreadyExistsException rather than overwrite anything
    TensorSink(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    void write(byte[] bytes) throws IOException {
        writeFully(ByteBuffer.wrap(bytes));
    }

    /// Writes a tensor in its own format; only this one tensor is in memory meanwhile.
    void write(StoredTensor tensor) throws IOException, UnreadableModel {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment wide = arena.allocate(tensor.elements() * Float.BYTES, Float.BYTES);
            tensor.fill().copyTo(wide);
            MemorySegment stored = arena.allocate(tensor.bytes());
            tensor.type().encode(wide, stored);
            write(stored);
        }
    }

    void write(MemorySegment bytes) throws IOException {
        for (long from = 0; from < bytes.byteSize(); from += PIECE) {
            MemorySegment piece = bytes.asSlice(from, Math.min(PIECE, bytes.byteSize() - from));
            writeFully(piece.isNative() ? piece.asByteBuffer() : ByteBuffer.wrap(piece.toArray(ValueLayout.JAVA_BYTE)));
        }
    }

    void pad(int alignment) throws IOException {
        write(new byte[(int) ((alignment - channel.position() % alignment) % alignment)]);
    }

    private void writeFully(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /// Returns once everything is on the disk.
    void force() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
