package trex.bench.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import trex.bench.Bench;

/// The public files that the surrogates are made of, each pinned by commit and digest.
final class Surrogates {
    private static final String LIST = "surrogates.sha256";

    private final List<Entry> entries;
    private final PublicFiles files;

    /// @param location `github:owner/repository@commit/path`
    private record Entry(String location, String sha256) {
        private String path() {
            return location.substring(location.indexOf('/', location.indexOf('@')) + 1);
        }
    }

    Surrogates(PublicFiles files) {
        this.files = files;
        try (InputStream in = Surrogates.class.getResourceAsStream(LIST)) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: resource " + LIST + " is missing");
            }
            entries = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .map(line -> new Entry(line.substring(line.indexOf("  ") + 2), line.substring(0, line.indexOf("  "))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the program is damaged: resource " + LIST + " cannot be read", e);
        }
    }

    /// The names of the files below a folder of a repository, in order.
    List<String> below(String folder) {
        return entries.stream().map(Entry::path).filter(path -> path.startsWith(folder)).toList();
    }

    /// @param path inside its repository
    byte[] bytes(String path) throws Bench.Unmeasured, InterruptedException {
        Entry entry = entries.stream()
                .filter(e -> e.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no surrogate's file: " + path));
        Path file = files.locate(entry.location(), entry.sha256());
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Bench.Unmeasured("the surrogate's file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    List<String> lines(String path) throws Bench.Unmeasured, InterruptedException {
        return new String(bytes(path), StandardCharsets.UTF_8).lines().toList();
    }
}
