package trex.executor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// SHA-256 over a folder's files: the digest of the list of `digest  name` lines that is kept
/// beside them as `SHA256SUMS`, in the form that `sha256sum -c` reads.
final class FolderDigest {
    private static final String LIST = "SHA256SUMS";
    private static final int BUFFER = 1 << 16;

    private FolderDigest() {}

    /// Writes the list, forces everything to the disk and returns the digest.
    static String seal(Path folder) throws IOException {
        for (Path file : files(folder)) {
            DurableFiles.sync(file);
        }
        String list = list(folder);
        DurableFiles.replace(folder.resolve(LIST), list);
        return ofText(list);
    }

    /// The folder's digest, or nothing where a file changed or is missing since it was sealed.
    static Optional<String> verify(Path folder) throws IOException {
        try {
            String sealed = Files.readString(folder.resolve(LIST));
            return sealed.equals(list(folder)) ? Optional.of(ofText(sealed)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /// The digest of one file.
    static String ofFile(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String list(Path folder) throws IOException {
        StringBuilder list = new StringBuilder();
        for (Path file : files(folder)) {
            list.append(ofFile(file)).append("  ").append(folder.relativize(file)).append('\n');
        }
        return list.toString();
    }

    /// The files that have a digest, in the order of their names.
    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith(LIST))
                    .sorted()
                    .toList();
        }
    }

    static String ofText(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
