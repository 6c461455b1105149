package trex.lm.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import trex.lm.UnreadableModel;

/// SHA-256 of a model's weights: of its file, or of its folder's safetensors files in name order.
public final class WeightDigest {
    private static final int CHUNK = 1 << 20;

    private WeightDigest() {}

    /// Reads all of the weights; about a second a gigabyte.
    public static String of(Path model) throws UnreadableModel {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[CHUNK];
            for (Path file : files(model)) {
                try (InputStream bytes = Files.newInputStream(file)) {
                    for (int n = bytes.read(chunk); n >= 0; n = bytes.read(chunk)) {
                        digest.update(chunk, 0, n);
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UnreadableModel(model, "its weights cannot be read: " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static List<Path> files(Path model) throws IOException {
        if (!Files.isDirectory(model)) {
            return List.of(model);
        }
        try (Stream<Path> all = Files.list(model)) {
            return all.filter(f -> f.toString().endsWith(".safetensors")).sorted().toList();
        }
    }
}
