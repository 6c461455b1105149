package trex.fetch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remembers the digests of large files, so that a start does not read them through again. A
/// digest is believed as long as size, times and identity of the file are those it was taken at.
public final class DigestCache {
    private static final Logger LOG = LoggerFactory.getLogger(DigestCache.class);

    private final Path folder;

    /// @param folder one small file a digest; made where it is not there
    public DigestCache(Path folder) {
        this.folder = folder;
    }

    /// The digest of the files' bytes one after the other.
    public String of(List<Path> files) throws IOException {
        String state = files.stream().map(DigestCache::state).collect(Collectors.joining("\n"));
        Path kept = folder.resolve(Sha256.of(files.toString()).substring(0, 32));
        if (Files.isRegularFile(kept)) {
            List<String> lines = Files.readString(kept).lines().toList();
            if (!lines.isEmpty() && String.join("\n", lines.subList(1, lines.size())).equals(state)) {
                return lines.getFirst();
            }
        }
        String digest = Sha256.of(files);
        keep(kept, digest + "\n" + state);
        return digest;
    }

    private void keep(Path kept, String text) {
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, "digest", ".part");
            Files.writeString(part, text, StandardCharsets.UTF_8);
            Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("a digest is not kept and will be taken again: {}", kept, e);
        }
    }

    private static String state(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return String.join(" ", file.toAbsolutePath().toString(), Long.toString(now.size()),
                    now.lastModifiedTime().toInstant().toString(), changed(file), String.valueOf(now.fileKey()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The time of the last change of any kind, which no program can set back; where there is one.
    private static String changed(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? String.valueOf(Files.getAttribute(file, "unix:ctime"))
                : "-";
    }
}
