package trex.fetch;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/// Takes one stated file out of a `.tar.gz` (POSIX.1-1988 ustar headers). No name in the archive
/// decides where anything is written, and no more is unpacked than was stated.
final class TarGzip {
    private static final int BLOCK = 512;
    private static final int MOST_MEMBERS = 10_000;

    private final InputStream bytes;
    /// Bytes that may still be unpacked before the archive counts as a bomb.
    private long left;

    private TarGzip(InputStream bytes, long left) {
        this.bytes = bytes;
        this.left = left;
    }

    /// @param file its `inside` names the member, without the folder that all members lie in
    /// @param target where it is written
    static void extract(Path archive, ModelEntry.File file, Path target, Progress progress) throws IOException {
        try (InputStream bytes = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)), 1 << 16)) {
            new TarGzip(bytes, 2 * file.bytes() + (64L << 20)).extract(file, target, progress);
        }
    }

    private void extract(ModelEntry.File file, Path target, Progress progress) throws IOException {
        String wanted = Objects.requireNonNull(file.inside());
        for (int member = 0; member < MOST_MEMBERS; member++) {
            byte[] header = block();
            if (isEmpty(header)) {
                break;
            }
            refuseBadChecksum(header);
            long size = octal(header, 124, 12);
            boolean regular = header[156] == '0' || header[156] == 0;
            String name = name(header);
            if (regular && name.substring(name.indexOf('/') + 1).equals(wanted)) {
                if (size != file.bytes()) {
                    throw new IOException(name + " has " + size + " bytes, expected " + file.bytes());
                }
                copy(size, target, progress);
                return;
            }
            skip((size + BLOCK - 1) / BLOCK * BLOCK);
        }
        throw new IOException("the package has no file " + wanted);
    }

    private void copy(long size, Path target, Progress progress) throws IOException {
        byte[] chunk = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(target)) {
            for (long done = 0; done < size; ) {
                int n = bytes.read(chunk, 0, (int) Math.min(chunk.length, size - done));
                if (n < 0) {
                    throw new EOFException("the package ends in the middle of a file");
                }
                out.write(chunk, 0, n);
                done += n;
                progress.at("unpacking " + target.getFileName(), done, size);
            }
        }
    }

    private byte[] block() throws IOException {
        spend(BLOCK);
        byte[] block = bytes.readNBytes(BLOCK);
        if (block.length < BLOCK) {
            throw new EOFException("the package ends in the middle of a header");
        }
        return block;
    }

    private void skip(long count) throws IOException {
        spend(count);
        bytes.skipNBytes(count);
    }

    private void spend(long count) throws IOException {
        left -= count;
        if (count < 0 || left < 0) {
            throw new IOException("the package unpacks to more than it should");
        }
    }

    private static String name(byte[] header) {
        String prefix = text(header, 345, 155);
        return prefix.isEmpty() ? text(header, 0, 100) : prefix + "/" + text(header, 0, 100);
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }

    private static long octal(byte[] header, int from, int length) throws IOException {
        String digits = text(header, from, length).strip();
        if (!digits.matches("[0-7]{1,11}")) {
            throw new IOException("the package has a header with the number \"" + digits + "\"");
        }
        return Long.parseLong(digits, 8);
    }

    /// The sum of the header's bytes, its own field counted as blanks.
    private static void refuseBadChecksum(byte[] header) throws IOException {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xFF;
        }
        if (sum != octal(header, 148, 8)) {
            throw new IOException("the package has a damaged header");
        }
    }

    private static boolean isEmpty(byte[] header) {
        for (byte b : header) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
