package trex.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.StudyId;

/// A store's word holds when its process is killed and when the disk refuses.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StoreKillTest {
    @TempDir
    private Path home;

    private static List<String> writer(Path home) {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                StoreWriter.class.getName(), home.toString());
    }

    /// What a writer said before it ended.
    ///
    /// @param acknowledged the last change that the store had taken
    private record Said(StudyId study, int acknowledged, String last) {}

    /// @param changes the writer is killed when it has printed so many; it may get further until then
    private static Said listen(List<String> command, int changes) throws IOException, InterruptedException {
        return listen(command, changes, ProcessHandle::destroyForcibly);
    }

    private static Said listen(List<String> command, int changes, Consumer<ProcessHandle> end)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader lines = process.inputReader()) {
            StudyId study = new StudyId(String.valueOf(lines.readLine()));
            int acknowledged = 0;
            String last = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line;
                if (line.matches("\\d+")) {
                    acknowledged = Integer.parseInt(line);
                    if (acknowledged == changes) {
                        end.accept(process.toHandle());
                    }
                }
            }
            process.waitFor();
            return new Said(study, acknowledged, last);
        }
    }

    private void expectEverything(Said said) {
        try (H2StudyStore store = H2StudyStore.open(home, InstantSource.system())) {
            int lines = store.journal(said.study()).size();
            assertThat(lines).isGreaterThanOrEqualTo(said.acknowledged());
            Node node = store.tree(said.study()).node(NodeId.BASELINE);
            long ended = node.runs().stream().filter(r -> r.outcome() != null).count();
            assertThat(ended).isBetween((long) lines, lines + 1L);
            assertThat(store.study(said.study()).spending().spentSeconds())
                    .as("an outcome and its cost are one change").isEqualTo(ended);
        }
    }

    @Test
    void aKilledProcessLosesNoAcknowledgedChange() throws IOException, InterruptedException {
        Said said = listen(writer(home), 40);
        assertThat(said.acknowledged()).isGreaterThanOrEqualTo(40);
        expectEverything(said);
    }

    @Test
    void aProcessToldToEndStillWritesItsLastWords() throws IOException, InterruptedException {
        Said said = listen(writer(home), 10, ProcessHandle::destroy);
        assertThat(said.last()).as("the last change acknowledged").matches("\\d+");
        assertThat(said.acknowledged()).isGreaterThanOrEqualTo(20);
        expectEverything(said);
    }

    @Test
    @Tag("slow")
    void twentyKillsLoseNoAcknowledgedChange() throws IOException, InterruptedException {
        Random random = new Random(42);
        for (int kill = 0; kill < 20; kill++) {
            expectEverything(listen(writer(home), 1 + random.nextInt(150)));
        }
    }

    /// A limit of file size stands for the full disk: both refuse the write.
    @Test
    void aDiskThatRefusesIsSaidInASentenceAndLosesNoAcknowledgedChange() throws IOException, InterruptedException {
        org.junit.jupiter.api.Assumptions.assumeTrue(java.nio.file.Files.isExecutable(Path.of("/bin/sh")), "needs sh");
        H2StudyStore.open(home, InstantSource.system()).close();
        List<String> limited = new java.util.ArrayList<>(List.of("/bin/sh", "-c", "ulimit -f 600; exec \"$@\"", "sh"));
        limited.addAll(writer(home));
        Said said = listen(limited, Integer.MAX_VALUE);
        assertThat(said.last()).startsWith("refused: cannot write the study database " + home.resolve("db"));
        assertThat(said.last().lines()).hasSize(1);
        expectEverything(said);
    }
}
