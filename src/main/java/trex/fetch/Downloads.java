package trex.fetch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Downloads files: https from listed hosts, redirects only to listed hosts, within limits of size
/// and time. A file gets its name only after its digest was right; what has come so far stays in
/// `*.part`, from which the next try goes on.
public final class Downloads {
    private static final Logger LOG = LoggerFactory.getLogger(Downloads.class);
    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REDIRECTS = 5;

    private final AllowedHosts hosts;
    private final Limits limits;
    private final HttpClient client;

    /// What a download may take.
    ///
    /// @param bytes size of the file at most
    /// @param idle time without a byte at most
    /// @param whole time in all at most
    /// @param tries how often a connection that breaks is made anew
    /// @param pause time before the second try, doubled for each that follows
    public record Limits(long bytes, Duration idle, Duration whole, int tries, Duration pause) {
        /// For model files on slow lines: 64 GB, six hours.
        public static final Limits GENEROUS =
                new Limits(64_000_000_000L, Duration.ofSeconds(60), Duration.ofHours(6), 5, Duration.ofSeconds(1));

        public Limits withBytes(long changed) {
            return new Limits(changed, idle, whole, tries, pause);
        }
    }

    public Downloads(AllowedHosts hosts, Limits limits) {
        this.hosts = hosts;
        this.limits = limits;
        client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .build();
    }

    /// The same for files of at most `bytes`.
    Downloads within(long bytes) {
        return new Downloads(hosts, limits.withBytes(bytes));
    }

    /// @param target the file's name when it is whole; its folder is made
    /// @param sha256 the expected digest, or null where none is known: then nothing is resumed
    public void fetch(URI source, Path target, @Nullable String sha256, Progress progress)
            throws Unavailable, InterruptedException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            if (sha256 == null) {
                Files.deleteIfExists(part);
            }
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = lock(channel, target)) {
                receive(source, channel, "downloading " + target.getFileName(), progress);
                channel.force(true);
            }
            publish(source, part, target, sha256);
        } catch (IOException e) {
            throw new Unavailable(target + " cannot be written: " + reason(e) + "; what has come so far is kept", e);
        } finally {
            removeEmpty(part);
        }
    }

    /// A part without a byte is no beginning of anything.
    private static void removeEmpty(Path part) {
        try {
            if (Files.isRegularFile(part) && Files.size(part) == 0) {
                Files.delete(part);
            }
        } catch (IOException e) {
            LOG.warn("an empty part stays behind: {}", part, e);
        }
    }

    private static FileLock lock(FileChannel channel, Path target) throws IOException, Unavailable {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            throw new Unavailable(target + " is being downloaded already; wait until that has ended", e);
        }
        throw new Unavailable(target + " is being downloaded by another TREX Workbench; wait until that has ended");
    }

    /// Tries until the file is whole: a line that breaks is no reason to begin anew.
    private void receive(URI source, FileChannel part, String what, Progress progress)
            throws Unavailable, IOException, InterruptedException {
        long end = System.nanoTime() + limits.whole().toNanos();
        for (int attempt = 1; ; attempt++) {
            try {
                receiveOnce(source, part, end, what, progress);
                return;
            } catch (Broken e) {
                if (attempt >= limits.tries() || System.nanoTime() > end) {
                    throw new Unavailable(source + " cannot be fetched: " + e.getMessage()
                            + "; what has come so far is kept, so try again or download it yourself and give its path", e);
                }
                TimeUnit.NANOSECONDS.sleep(limits.pause().toNanos() << (attempt - 1));
            }
        }
    }

    private void receiveOnce(URI source, FileChannel part, long end, String what, Progress progress)
            throws Unavailable, Broken, IOException, InterruptedException {
        URI address = source;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            hosts.check(address);
            HttpRequest.Builder request = HttpRequest.newBuilder(address).header("User-Agent", "trex-workbench");
            if (part.size() > 0) {
                request.header("Range", "bytes=" + part.size() + "-");
            }
            PartWriter writer = new PartWriter(part, limits.bytes());
            HttpResponse<Void> response = await(request.build(), writer, end, what, progress);
            if (!REDIRECTS.contains(response.statusCode())) {
                settle(source, response, part);
                return;
            }
            String location = response.headers().firstValue("Location")
                    .orElseThrow(() -> new Unavailable(source + " answers a redirect to nowhere"));
            address = address.resolve(location);
        }
        throw new Unavailable(source + " cannot be fetched: more than " + MOST_REDIRECTS + " redirects");
    }

    private static void settle(URI source, HttpResponse<Void> response, FileChannel part)
            throws Unavailable, Broken, IOException {
        switch (response.statusCode()) {
            case 200, 206 -> { }
            case 416 -> {
                // What is kept is no beginning of this file.
                part.truncate(0);
                throw new Broken("the kept part did not fit", null);
            }
            case 401, 403, 404, 410 -> throw new Unavailable(source + " cannot be fetched: the server answers "
                    + response.statusCode() + " (not there, or not for everyone); check the address or give a local path");
            default -> throw new Broken("the server answers " + response.statusCode(), null);
        }
    }

    /// Waits for the answer, looking at limits and reporting several times a second.
    private HttpResponse<Void> await(HttpRequest request, PartWriter writer, long end, String what, Progress progress)
            throws Unavailable, Broken, IOException, InterruptedException {
        CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(request, writer);
        try {
            while (true) {
                try {
                    HttpResponse<Void> response = answer.get(200, TimeUnit.MILLISECONDS);
                    progress.at(what, writer.done(), writer.total());
                    return response;
                } catch (TimeoutException e) {
                    progress.at(what, writer.done(), writer.total());
                    refuseSlow(request.uri(), writer, end);
                }
            }
        } catch (ExecutionException e) {
            return PartWriter.rethrow(request.uri(), e.getCause() == null ? e : e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private void refuseSlow(URI source, PartWriter writer, long end) throws Unavailable, Broken {
        if (System.nanoTime() > end) {
            throw new Unavailable(source + " takes too long: " + writer.done() + " bytes in "
                    + limits.whole().toSeconds() + " s; what has come so far is kept, so try again");
        }
        if (writer.idleNanos() > limits.idle().toNanos()) {
            throw new Broken("no byte came for " + limits.idle().toSeconds() + " s", null);
        }
    }

    private static void publish(URI source, Path part, Path target, @Nullable String sha256)
            throws Unavailable, IOException {
        if (sha256 != null) {
            String found = Sha256.of(part);
            if (!found.equals(sha256)) {
                Files.delete(part);
                throw new Unavailable(source + " has SHA-256 " + found + ", expected " + sha256
                        + ": it was changed at its source or on the way, and is not used");
            }
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String reason(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("No space left") ? "the disk is full" : message;
    }

    /// A connection that broke and may be made anew.
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1;

        Broken(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
