package trex.gui;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import trex.fetch.EngineEntry;
import trex.fetch.EngineFiles;
import trex.fetch.EngineInstaller;
import trex.fetch.Sha256;
import trex.fetch.Unavailable;
import trex.fetch.WheelSource;
import trex.gui.models.Engines;
import trex.gui.shell.WorkbenchOptions;
import trex.loop.Studies;

/// Installs a small engine from a server of this machine, which sends its first half and then waits.
@ScreenTest
class EngineDialogTest {
    private static final byte[] LIBRARY = new byte[400_000];

    static {
        new Random(5).nextBytes(LIBRARY);
    }

    @TempDir Path folder;
    private final CountDownLatch rest = new CountDownLatch(1);
    @SuppressWarnings("NullAway.Init") // set by start, before any test
    private OpenWindow open;
    @SuppressWarnings("NullAway.Init")
    private HttpServer server;
    @SuppressWarnings("NullAway.Init")
    private EngineEntry entry;

    @Start
    void start(Stage stage) throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            zip.putNextEntry(new ZipEntry("torch/lib/libtorch.so"));
            zip.write(LIBRARY);
        }
        byte[] wheel = archive.toByteArray();
        entry = new EngineEntry("cuda", "A small engine", "any", "2.7.1", "cu126", "cu128", "torch/lib", List.of(),
                List.of(new EngineEntry.Wheel("a==1", "a.whl", wheel.length, Sha256.of(Files.write(folder.resolve("w"), wheel)),
                        List.of(new EngineEntry.Member("torch/lib/libtorch.so", LIBRARY.length)))));
        serve(wheel);
        open = new OpenWindow(stage, new FakeStudies(), WorkbenchOptions.DEFAULT);
        open.models.offer(new Small());
    }

    private void serve(byte[] wheel) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
        server.createContext("/a.whl", exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (wheel.length - 1) + "/" + wheel.length);
            exchange.sendResponseHeaders(from == 0 ? 200 : 206, wheel.length - from);
            try (var body = exchange.getResponseBody()) {
                int half = Math.max(from, wheel.length / 2);
                body.write(Arrays.copyOfRange(wheel, from, half));
                body.flush();
                rest.await();
                body.write(Arrays.copyOfRange(wheel, half, wheel.length));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    @AfterEach
    void close(FxRobot robot) {
        rest.countDown();
        open.close(robot);
        server.stop(0);
    }

    @Test
    void anEngineIsInstalledAfterAgreementCalledOffTakenUpAgainAndRemoved(FxRobot robot) {
        robot.clickOn("File").clickOn("Library for graphics cards…");
        OpenWindow.await(() -> text(robot, "#engine-heading").equals("A small engine"));
        assertThat(text(robot, "#engine-state")).contains(folder.resolve("engines").toString());
        robot.clickOn("#engine-install");
        OpenWindow.await(() -> text(robot, "#engine-error").equals("Agree to the licences first."));
        robot.clickOn("#engine-accept").clickOn("#engine-install");
        OpenWindow.await(() -> text(robot, "#engine-doing").contains("downloading a.whl"));
        robot.clickOn("#engine-cancel");
        OpenWindow.await(() -> text(robot, "#engine-error").startsWith("Called off."));
        rest.countDown();
        OpenWindow.await(() -> {
            robot.clickOn("#engine-install"); // the one that was called off may still have the folder
            return installed();
        });
        OpenWindow.await(() -> text(robot, "#engine-state").startsWith("Installed in "));
        robot.clickOn("#engine-remove");
        OpenWindow.await(() -> !installed() && text(robot, "#engine-state").startsWith("Would be installed in "));
    }

    private boolean installed() {
        return new EngineFiles(folder).isInstalled(entry);
    }

    private static String text(FxRobot robot, String label) {
        return robot.lookup(label).queryLabeled().getText();
    }

    /// The one engine, really downloaded and unpacked.
    private final class Small implements Engines {
        private final EngineFiles files = new EngineFiles(folder);

        @Override
        public List<Offer> offers() {
            return List.of(new Offer("cuda", entry.title(), files.folder(entry), files.isInstalled(entry),
                    entry.downloadBytes(), entry.installedBytes(), List.of("Some EULA"), "no driver"));
        }

        @Override
        public void install(String name, Progress progress) throws Studies.Refused, InterruptedException {
            String mirror = "http://127.0.0.1:" + server.getAddress().getPort();
            try {
                new EngineInstaller(files, WheelSource.of(Map.of(WheelSource.MIRROR, mirror)), _ -> Long.MAX_VALUE)
                        .install(entry, progress::at);
            } catch (Unavailable e) {
                throw new Studies.Refused(String.valueOf(e.getMessage()), e);
            }
        }

        @Override
        public void remove(String name) throws Studies.Refused {
            try {
                files.remove(entry);
            } catch (Unavailable e) {
                throw new Studies.Refused(String.valueOf(e.getMessage()), e);
            }
        }
    }
}
