package trex.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadsTest {
    private static final AllowedHosts LOOPBACK = new AllowedHosts(Set.of(), true);
    private static final Downloads.Limits LIMITS =
            new Downloads.Limits(10_000_000, Duration.ofSeconds(20), Duration.ofSeconds(60), 3, Duration.ZERO);

    @TempDir Path folder;
    private final byte[] content = bytes(3_000_000);
    private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch testEnds = new CountDownLatch(1);
    private HttpServer server;
    private Path target;
    private String sha256;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
        server.start();
        target = folder.resolve("deep/file.bin");
        sha256 = Sha256.of(Files.write(folder.resolve("original"), content));
    }

    @AfterEach
    void stop() {
        testEnds.countDown();
        server.stop(0);
    }

    @Test
    void aFileGetsItsNameWhenItsDigestIsRight() throws Exception {
        serve("/file", this::whole);
        List<Long> heard = new ArrayList<>();
        new Downloads(LOOPBACK, LIMITS).fetch(address("/file"), target, sha256, (what, done, total) -> {
            assertThat(what).isEqualTo("downloading file.bin");
            heard.add(done);
        });
        assertThat(target).hasBinaryContent(content);
        assertThat(heard.getLast()).isEqualTo(content.length);
        assertThat(target.resolveSibling("file.bin.part")).doesNotExist();
    }

    @Test
    void aCutConnectionIsResumedWhereItBroke() throws Exception {
        serve("/file", exchange -> {
            if (ranges.size() < 3) {
                cutAfter(exchange, 700_000);
            } else {
                whole(exchange);
            }
        });
        new Downloads(LOOPBACK, LIMITS).fetch(address("/file"), target, sha256, Progress.SILENT);
        assertThat(target).hasBinaryContent(content);
        assertThat(ranges).hasSize(3);
        assertThat(ranges.get(1)).startsWith("bytes=");
    }

    @Test
    void whatHasComeIsKeptForTheNextStart() throws Exception {
        serve("/file", exchange -> cutAfter(exchange, 500_000));
        assertFails("/file", sha256, LIMITS, "the connection broke", "what has come so far is kept");
        assertThat(target).doesNotExist();
        long kept = Files.size(target.resolveSibling("file.bin.part"));
        assertThat(kept).isPositive();
        server.removeContext("/file");
        ranges.clear();
        serve("/file", this::whole);
        new Downloads(LOOPBACK, LIMITS).fetch(address("/file"), target, sha256, Progress.SILENT);
        assertThat(ranges).containsExactly("bytes=" + kept + "-");
        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void aServerThatKnowsNoRangesIsReadFromTheBeginning() throws Exception {
        Files.createDirectories(target.getParent());
        Files.write(target.resolveSibling("file.bin.part"), bytes(1000));
        serve("/file", exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        });
        new Downloads(LOOPBACK, LIMITS).fetch(address("/file"), target, sha256, Progress.SILENT);
        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void aKeptPartThatIsTooLongIsThrownAway() throws Exception {
        Files.createDirectories(target.getParent());
        Files.write(target.resolveSibling("file.bin.part"), bytes(4_000_000));
        serve("/file", this::whole);
        new Downloads(LOOPBACK, LIMITS).fetch(address("/file"), target, sha256, Progress.SILENT);
        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void aWrongDigestLeavesNothingBehind() {
        serve("/file", this::whole);
        assertFails("/file", "0".repeat(64), LIMITS, "has SHA-256 " + sha256, "is not used");
        assertThat(target.getParent()).isEmptyDirectory();
    }

    @Test
    void aFileThatIsNotThereIsNotAskedForTwice() {
        serve("/file", exchange -> exchange.sendResponseHeaders(404, -1));
        assertFails("/file", sha256, LIMITS, "the server answers 404");
        assertThat(ranges).hasSize(1);
        assertThat(target.getParent()).isEmptyDirectory();
    }

    @Test
    void aRedirectToAListedHostIsFollowedAndToAForeignOneRefused() throws Exception {
        serve("/file", this::whole);
        serve("/near", exchange -> redirect(exchange, "/file"));
        serve("/far", exchange -> redirect(exchange, "https://evil.example/file"));
        serve("/plain", exchange -> redirect(exchange, "http://huggingface.co/file"));
        serve("/round", exchange -> redirect(exchange, "/round"));
        new Downloads(LOOPBACK, LIMITS).fetch(address("/near"), target, sha256, Progress.SILENT);
        assertThat(target).hasBinaryContent(content);
        assertFails("/far", sha256, LIMITS, "the host evil.example is none of");
        assertFails("/plain", sha256, LIMITS, "only https is");
        assertFails("/round", sha256, LIMITS, "more than 5 redirects");
    }

    @Test
    void aSlowDripEndsAtTheTimeLimit() {
        serve("/file", this::drip);
        assertFails("/file", sha256, new Downloads.Limits(10_000_000, Duration.ofSeconds(20), Duration.ofSeconds(1), 3,
                Duration.ZERO), "takes too long");
    }

    @Test
    void aLineThatFallsSilentIsGivenUp() {
        serve("/file", exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, 1000);
            exchange.getResponseBody().flush();
            untilTheTestEnds();
        });
        assertFails("/file", sha256, new Downloads.Limits(10_000_000, Duration.ofSeconds(1), Duration.ofSeconds(60), 1,
                Duration.ZERO), "no byte came for 1 s");
    }

    @Test
    void aFileThatIsTooLargeIsRefusedWhetherItSaysSoOrNot() {
        serve("/file", this::whole);
        assertFails("/file", sha256, LIMITS.withBytes(2_000_000), "at most 2000000 are taken");
        serve("/silent", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(content);
            }
        });
        assertFails("/silent", sha256, LIMITS.withBytes(2_000_000), "at most 2000000 are taken");
    }

    @Test
    void onlyListedHostsAreAskedAndOnlyOverHttps() {
        AllowedHosts hosts = AllowedHosts.standard(URI.create("https://hub.example"));
        assertThatThrownBy(() -> hosts.check(URI.create("https://evil.example/x"))).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> hosts.check(URI.create("https://huggingface.co.evil.example/x"))).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> hosts.check(URI.create("https://evilhf.co/x"))).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> hosts.check(URI.create("http://huggingface.co/x"))).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> hosts.check(address("/x"))).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> hosts.check(URI.create("file:///etc/passwd"))).isInstanceOf(Unavailable.class);
    }

    @Test
    void aHostThatIsNotThereIsNamed() {
        server.stop(0);
        assertFails("/file", sha256, LIMITS, "cannot be reached (no connection)");
    }

    private void assertFails(String path, @Nullable String digest, Downloads.Limits limits, String... parts) {
        assertThatThrownBy(() -> new Downloads(LOOPBACK, limits).fetch(address(path), target, digest, Progress.SILENT))
                .isInstanceOf(Unavailable.class).hasMessageContainingAll(parts);
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void serve(String path, Answer answer) {
        server.createContext(path, exchange -> {
            ranges.add(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
            try (exchange) {
                answer.to(exchange);
            }
        });
    }

    private void whole(HttpExchange exchange) throws IOException {
        int from = from(exchange);
        if (from >= content.length) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        begin(exchange, from);
        exchange.getResponseBody().write(content, from, content.length - from);
    }

    private void cutAfter(HttpExchange exchange, int count) throws IOException {
        int from = from(exchange);
        begin(exchange, from);
        exchange.getResponseBody().write(content, from, Math.min(count, content.length - from - 1));
    }

    private void drip(HttpExchange exchange) throws IOException {
        begin(exchange, from(exchange));
        for (int i = 0; i < content.length && testEnds.getCount() > 0; i++) {
            exchange.getResponseBody().write(content, i, 1);
            exchange.getResponseBody().flush();
        }
    }

    private void begin(HttpExchange exchange, int from) throws IOException {
        if (from > 0) {
            exchange.getResponseHeaders().add("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
    }

    private static int from(HttpExchange exchange) {
        String range = exchange.getRequestHeaders().getFirst("Range");
        return range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().add("Location", location);
        exchange.sendResponseHeaders(302, -1);
    }

    private void untilTheTestEnds() {
        try {
            testEnds.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return Arrays.copyOf(bytes, count);
    }

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }
}
