package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.model.RunRequest;

/// A workbench that knows secrets, and all that its worker leaves and sees.
class WorkerSecrecyTest {
    private static final String SECRET = "s3cr3t-0f-the-person";

    @TempDir Path home;

    @Test
    void noSecretOfTheWorkbenchReachesProcessFolderOrLog() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "processes show their environment in /proc only");
        RunRequest request = Requests.toy("run", 60, 50);
        JobFolder job = JobFolder.of(home, request.study(), request.id());
        Process workbench = workbench(Map.of("HF_TOKEN", SECRET, "OPENAI_API_KEY", SECRET, "MY_PASSWORD", SECRET));
        Await.until("a step", () -> job.events().size() >= 2);
        Claim claim = job.attempt(1).claim().orElseThrow();

        String seen = environment(claim.worker()) + environment(Objects.requireNonNull(claim.launcher()));
        job.cancel();
        assertThat(workbench.waitFor()).isZero();
        Await.until("the launcher's last words", () -> job.attempt(1).exit().isPresent());

        assertThat(seen).contains("OMP_WAIT_POLICY=passive", "TREX_HOME=" + home).doesNotContain(SECRET);
        assertThat(files()).isNotEmpty().allSatisfy(file ->
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)).doesNotContain(SECRET));
    }

    private Process workbench(Map<String, String> secrets) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
                "-cp", System.getProperty("java.class.path"), WorkbenchStandIn.class.getName(),
                home.toString(), "run", "60", "50").inheritIO();
        builder.environment().remove("OMP_WAIT_POLICY");
        builder.environment().putAll(secrets);
        return builder.start();
    }

    private static String environment(ProcessIdentity process) throws IOException {
        Path file = Path.of("/proc/" + process.pid() + "/environ");
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
