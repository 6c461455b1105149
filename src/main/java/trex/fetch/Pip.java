package trex.fetch;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/// The person's own pip, which brings packages of the Python Package Index. It checks a package's
/// digest before it looks inside.
///
/// @param command what calls it
record Pip(List<String> command) {
    private static final Duration LIMIT = Duration.ofHours(6);
    private static final int LOOK_MILLIS = 250;
    private static final List<String> PASSED_ON = List.of("PATH", "HOME", "USERPROFILE", "SYSTEMROOT", "TEMP",
            "TMP", "LANG", "LC_ALL", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy",
            "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE");

    Pip {
        command = List.copyOf(command);
    }

    static Optional<Pip> onPath() {
        return Stream.of("pip3", "pip").filter(Pip::onPath).map(name -> new Pip(List.of(name))).findFirst();
    }

    private static boolean onPath(String program) {
        String path = System.getenv("PATH");
        return path != null && Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .flatMap(folder -> Stream.of(Path.of(folder, program), Path.of(folder, program + ".exe")))
                .anyMatch(Files::isExecutable);
    }

    /// Brings the one file of a package whose digest is `sha256` into the empty folder `work`.
    ///
    /// @param requirement `package==version`
    /// @param options further options of `pip download`
    /// @param heard hears the bytes that are there, several times a second
    void download(String requirement, String sha256, List<String> options, Path work, LongConsumer heard)
            throws IOException, Unavailable, InterruptedException {
        Path wanted = Files.writeString(work.resolve("requirement.txt"), requirement + " --hash=sha256:" + sha256 + "\n");
        Path log = work.resolve("pip.log");
        ProcessBuilder builder = new ProcessBuilder(Stream.of(command, List.of("download", "--no-deps", "--require-hashes",
                "--no-input", "--retries", "2", "--timeout", "60", "--progress-bar", "off"), options,
                List.of("-r", wanted.toString(), "-d", work.toString())).flatMap(List::stream).toList())
                .redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> !PASSED_ON.contains(name) && !name.startsWith("PIP_"));
        builder.environment().put("TMPDIR", work.toString()); // gigabytes may not fit where it points
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            follow(process, requirement, work, heard);
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            process.waitFor(10, TimeUnit.SECONDS); // what it still writes would outlive its folder
        }
        if (process.exitValue() != 0) {
            throw new Unavailable("the Python package " + requirement + " cannot be fetched by pip: " + reason(log));
        }
    }

    private static void follow(Process process, String requirement, Path work, LongConsumer heard)
            throws Unavailable, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            heard.accept(largest(work));
            if (System.nanoTime() > end) {
                throw new Unavailable("the Python package " + requirement + " did not come within " + LIMIT.toHours() + " hours");
            }
        }
    }

    /// pip writes what it downloads to one file somewhere below its folder for temporary files.
    private static long largest(Path work) {
        try (Stream<Path> files = Files.walk(work)) {
            return files.mapToLong(Pip::size).max().orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0; // a file that vanished in this moment: the next look will tell
        }
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String reason(Path log) throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8).lines()
                .filter(line -> line.startsWith("ERROR:"))
                .findFirst()
                .orElse("it ended with an error");
    }
}
