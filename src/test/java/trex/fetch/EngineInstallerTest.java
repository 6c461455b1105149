package trex.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// With a server of this machine that has two small wheels.
@Timeout(60)
class EngineInstallerTest {
    private static final byte[] LIBRARY = new byte[300_000];
    private static final byte[] RUNTIME = "runtime".getBytes(StandardCharsets.UTF_8);

    @TempDir Path folder;
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, byte[]> served = new ConcurrentHashMap<>();
    private HttpServer server;
    private EngineFiles files;
    private EngineEntry engine;

    static {
        new Random(3).nextBytes(LIBRARY); // does not shrink, so that half a download is half a file
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        files = new EngineFiles(folder.resolve("home"));
        engine = engine(
                wheel("torch.whl", Map.of("torch/lib/libtorch.so", LIBRARY, "torch/other.py", RUNTIME), "torch/lib/libtorch.so"),
                wheel("runtime.whl", Map.of("nvidia/lib/libcudart.so.12", RUNTIME), "nvidia/lib/libcudart.so.12"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theNamedLibrariesAreInstalledAndNothingElse() throws Exception {
        List<Long> heard = new ArrayList<>();
        install((_, done, _) -> heard.add(done));
        assertThat(files.isInstalled(engine)).isTrue();
        assertThat(files.libraries(engine).resolve("libtorch.so")).hasBinaryContent(LIBRARY);
        assertThat(files.folder(engine).resolve("nvidia/lib/libcudart.so.12")).hasBinaryContent(RUNTIME);
        assertThat(files.folder(engine).resolve("torch/other.py")).doesNotExist();
        assertThat(heard).contains(engine.downloadBytes()).last().isEqualTo(engine.installedBytes());
        assertNothingIsLeft();
    }

    @Test
    void aSecondInstallationDoesNothing() throws Exception {
        install(Progress.SILENT);
        asked.clear();
        install(Progress.SILENT);
        assertThat(asked).isEmpty();
    }

    @Test
    void anEngineWithADamagedFileIsInstalledAnew() throws Exception {
        install(Progress.SILENT);
        Files.write(files.libraries(engine).resolve("libtorch.so"), new byte[5]);
        assertThat(files.isInstalled(engine)).isFalse();
        install(Progress.SILENT);
        assertThat(files.libraries(engine).resolve("libtorch.so")).hasBinaryContent(LIBRARY);
    }

    @Test
    void aBrokenInstallationGoesOnWhereItBroke() throws Exception {
        byte[] second = served.remove("/runtime.whl");
        refuses("/runtime.whl cannot be fetched: the server answers 404");
        assertThat(files.folder(engine)).doesNotExist();
        served.put("/runtime.whl", second);
        asked.clear();
        install(Progress.SILENT);
        assertThat(asked).containsExactly("/runtime.whl from 0");
    }

    @Test
    void aHalfWheelIsCompletedFromItsMiddle() throws Exception {
        byte[] whole = served.getOrDefault("/torch.whl", new byte[0]);
        Files.createDirectories(files.downloads(engine));
        Files.write(files.downloads(engine).resolve("torch.whl.part"), Arrays.copyOf(whole, 1000));
        install(Progress.SILENT);
        assertThat(asked).first().isEqualTo("/torch.whl from 1000");
        assertThat(files.isInstalled(engine)).isTrue();
    }

    @Test
    void aWheelWithAnotherDigestIsNotUsed() throws Exception {
        served.put("/runtime.whl", zip(Map.of("nvidia/lib/libcudart.so.12", "evil!!!".getBytes(StandardCharsets.UTF_8))));
        refuses("runtime.whl");
        assertThat(files.folder(engine)).doesNotExist();
        assertThat(files.downloads(engine).resolve("runtime.whl")).doesNotExist();
    }

    @Test
    void aKeptWheelThatWasDamagedIsFetchedAgain() throws Exception {
        Files.createDirectories(files.downloads(engine));
        Files.write(files.downloads(engine).resolve("torch.whl"), new byte[17]);
        install(Progress.SILENT);
        assertThat(files.isInstalled(engine)).isTrue();
    }

    @Test
    void noNameInAWheelReachesOutOfItsFolder() throws Exception {
        Map<String, byte[]> members = new LinkedHashMap<>();
        members.put("../../../escaped", RUNTIME);
        members.put("/tmp/trex-escaped", RUNTIME);
        members.put("torch/lib/libtorch.so", LIBRARY);
        engine = engine(wheel("torch.whl", members, "torch/lib/libtorch.so"));
        install(Progress.SILENT);
        try (var all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile).map(Path::getFileName).map(Path::toString))
                    .contains("libtorch.so").doesNotContain("escaped");
        }
        assertThat(Path.of("/tmp/trex-escaped")).doesNotExist();
    }

    @Test
    void theCatalogueCannotNameAPlaceOutside() {
        for (String path : List.of("../evil", "/evil", "a/../../evil", "a//b", "a\\b", "", "a/.ssh", "C:/evil")) {
            assertThatIllegalArgumentException().as(path).isThrownBy(() -> new EngineEntry.Member(path, 1));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new EngineEntry.Wheel("a==1", "b/a.whl", 1, "", List.of()));
    }

    @Test
    void whatUnpacksToAnotherSizeLeavesNothing() throws Exception {
        EngineEntry.Wheel wheel = wheel("torch.whl", Map.of("torch/lib/libtorch.so", LIBRARY), "torch/lib/libtorch.so");
        engine = engine(new EngineEntry.Wheel(wheel.requirement(), wheel.file(), wheel.bytes(), wheel.sha256(),
                List.of(new EngineEntry.Member("torch/lib/libtorch.so", 20))));
        refuses("torch.whl does not have torch/lib/libtorch.so with 20 bytes");
        assertThat(files.folder(engine)).doesNotExist();
        assertThat(files.root().resolve("cuX.part")).doesNotExist();
    }

    @Test
    void aDiskWithoutRoomIsRefusedWithFiguresBeforeAnythingIsFetched() {
        assertThatThrownBy(() -> new EngineInstaller(files, source(), _ -> 1_000).install(engine, Progress.SILENT))
                .isInstanceOf(Unavailable.class).hasMessageContaining("0.0 GB are free").hasMessageContaining("make room");
        assertThat(asked).isEmpty();
    }

    @Test
    void anInstallationThatIsCalledOffKeepsItsWheelsOnly() {
        assertThatThrownBy(() -> install((what, _, _) -> {
            if (what.startsWith("unpacking")) {
                Thread.currentThread().interrupt();
            }
        })).isInstanceOf(InterruptedException.class);
        assertThat(files.folder(engine)).doesNotExist();
        assertThat(files.root().resolve("cuX.part")).doesNotExist();
        assertThat(files.downloads(engine).resolve("torch.whl")).exists();
    }

    @Test
    void aFolderOfWheelsServesAsWell() throws Exception {
        Path mirror = Files.createDirectories(folder.resolve("mirror"));
        Files.write(mirror.resolve("torch.whl"), served.getOrDefault("/torch.whl", new byte[0]));
        WheelSource source = WheelSource.of(Map.of(WheelSource.MIRROR, mirror.toString()));
        assertThatThrownBy(() -> new EngineInstaller(files, source, _ -> Long.MAX_VALUE).install(engine, Progress.SILENT))
                .hasMessageContaining("mirror/runtime.whl is not there");
        Files.write(mirror.resolve("runtime.whl"), served.getOrDefault("/runtime.whl", new byte[0]));
        new EngineInstaller(files, source, _ -> Long.MAX_VALUE).install(engine, Progress.SILENT);
        assertThat(files.isInstalled(engine)).isTrue();
        assertThat(mirror.resolve("torch.whl")).exists();
    }

    @Test
    void aRemovedEngineIsGoneWithItsDownloads() throws Exception {
        install(Progress.SILENT);
        Files.createDirectories(files.downloads(engine));
        assertThat(files.remove(engine)).isTrue();
        assertThat(files.remove(engine)).isFalse();
        assertThat(files.folder(engine)).doesNotExist();
        assertThat(files.downloads(engine)).doesNotExist();
    }

    @Test
    void everyBuiltInWheelHasItsSizeAndDigest() {
        assertThat(EngineFiles.catalogue()).isNotEmpty().allSatisfy(built -> {
            assertThat(built.wheels()).allSatisfy(wheel -> {
                assertThat(wheel.sha256()).matches("[0-9a-f]{64}");
                assertThat(wheel.bytes()).isPositive();
                assertThat(wheel.members()).isNotEmpty();
            });
            assertThat(built.licences()).isNotEmpty();
        });
    }

    /// Needs pip and the Python Package Index: the CUDA runtime, a megabyte.
    @Tag("slow")
    @Test
    void pipBringsAWheelOfTheCatalogue() throws Exception {
        EngineEntry.Wheel small = EngineFiles.catalogue().getFirst().wheels().stream()
                .filter(wheel -> wheel.requirement().startsWith("nvidia-cuda-runtime")).findFirst().orElseThrow();
        new PipWheels().fetch(small, folder, Progress.SILENT);
        assertThat(Sha256.of(folder.resolve(small.file()))).isEqualTo(small.sha256());
    }

    @Test
    void aMistypedMirrorIsNamedWhenSomethingIsInstalledAndNotBefore() {
        WheelSource source = WheelSource.of(Map.of(WheelSource.MIRROR, "https://my mirror/wheels"));
        assertThatThrownBy(() -> new EngineInstaller(files, source, _ -> Long.MAX_VALUE).install(engine, Progress.SILENT))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("TREX_WHEEL_MIRROR is no address").hasMessageContaining("https://my mirror/wheels");
    }

    private void install(Progress progress) throws Unavailable, InterruptedException {
        new EngineInstaller(files, source(), _ -> Long.MAX_VALUE).install(engine, progress);
    }

    private void refuses(String words) {
        assertThatThrownBy(() -> install(Progress.SILENT)).isInstanceOf(Unavailable.class).hasMessageContaining(words);
    }

    private void assertNothingIsLeft() throws IOException {
        try (var all = Files.list(files.root())) {
            assertThat(all.map(Path::getFileName).map(Path::toString)).containsExactlyInAnyOrder("cuX", "cuX.lock");
        }
    }

    private WheelSource source() {
        return WheelSource.of(Map.of(WheelSource.MIRROR, "http://127.0.0.1:" + server.getAddress().getPort()));
    }

    private static EngineEntry engine(EngineEntry.Wheel... wheels) {
        return new EngineEntry("cuda", "A small engine", "linux-x86_64", "2.7.1", "cuX", "cu128", "torch/lib",
                List.of(), List.of(wheels));
    }

    private EngineEntry.Wheel wheel(String name, Map<String, byte[]> members, String kept) throws IOException {
        byte[] archive = zip(members);
        served.put("/" + name, archive);
        byte[] content = members.getOrDefault(kept, new byte[0]);
        return new EngineEntry.Wheel("a==1", name, archive.length, Sha256.of(Files.write(folder.resolve(name), archive)),
                List.of(new EngineEntry.Member(kept, content.length)));
    }

    private static byte[] zip(Map<String, byte[]> members) throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                zip.putNextEntry(new ZipEntry(member.getKey()));
                zip.write(member.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        asked.add(path + " from " + from);
        byte[] content = served.get(path);
        if (content == null) {
            exchange.sendResponseHeaders(404, -1);
        } else {
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
            exchange.sendResponseHeaders(from == 0 ? 200 : 206, content.length - from);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(content, from, content.length - from);
            }
        }
        exchange.close();
    }
}
