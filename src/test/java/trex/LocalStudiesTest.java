package trex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import trex.executor.WorkerSettings;
import trex.fetch.Places;
import trex.json.Json;
import trex.loop.Studies;
import trex.loop.StudyControl;
import trex.model.Approval;
import trex.model.Budget;
import trex.model.Metric;
import trex.model.Mission;
import trex.model.Recipe;
import trex.model.RecipeField;
import trex.model.RunId;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.StudyResult;
import trex.model.StudySettings;
import trex.model.StudyState;

/// Whole studies with everything real: data, workers, training on the embedded model, database.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class LocalStudiesTest {
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final StudySettings AUTOMATIC = StudySettings.DEFAULT.withApproval(Approval.AUTO);

    @TempDir
    private Path home;

    private LocalStudies open() throws Studies.Refused {
        return LocalStudies.open(Places.of(home, ROOT, Map.of()), WorkerSettings.ofThisMachine());
    }

    /// The embedded task of dates, with less to do.
    private static Mission small(Studies studies, int rounds) throws Studies.Refused {
        Mission whole = studies.readMission(ROOT.resolve("ft-bench/dates/task.json"));
        return new Mission("small", whole.goal(), whole.baseModel(), whole.data(), whole.metric(),
                new Budget(rounds, 600, 400), Map.of(), whole.start().withData(whole.start().data().withExamples(400)),
                5);
    }

    private static void await(BooleanSupplier condition, String what) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(end);
            Thread.sleep(50);
        }
    }

    private List<Path> jobFolders() {
        try (Stream<Path> files = Files.find(home.resolve("studies"), 3,
                (path, _) -> path.resolve("..").normalize().endsWith("runs"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static List<Path> attempts(Path job) throws IOException {
        try (Stream<Path> attempts = Files.list(job.resolve("attempts"))) {
            return attempts.toList();
        }
    }

    @Test
    @Tag("slow")
    void aMissionBecomesAnHonestResult() throws Exception {
        try (LocalStudies studies = open()) {
            StudyControl control = studies.start(small(studies, 2), AUTOMATIC, _ -> {});
            assertThat(control.await()).isEqualTo(StudyState.FINISHED);

            Study study = studies.list().getFirst();
            StudyResult result = Objects.requireNonNull(study.result());
            assertThat(result.completed()).isEqualTo(2);
            assertThat(result.baseline().test()).isNotNull();
            StudyResult.Best best = Objects.requireNonNull(result.best());
            assertThat(best.test()).isNotNull();
            assertThat(Path.of(best.checkpoint().path())).isDirectory();
            assertThat(best.validation().metric()).isEqualTo(Metric.EXACT_MATCH);
            assertThat(home.resolve("studies").resolve(study.id().value()).resolve("report.html")).isNotEmptyFile();
            assertThat(studies.runningWorkers()).isEmpty();
            assertThatThrownBy(() -> studies.resume(study.id(), _ -> {}))
                    .isInstanceOf(Studies.Refused.class)
                    .hasMessageContaining("is finished");
        }
    }

    @Test
    @Tag("slow")
    void aKilledWorkbenchLeavesItsWorkerAndItsSuccessorFindsIt() throws Exception {
        Path file = home.resolve("mission.json");
        try (LocalStudies studies = open()) {
            Files.writeString(file, Json.mapper().writeValueAsString(small(studies, 2)));
        }
        Process workbench = workbench(file);
        try {
            await(() -> jobFolders().stream()
                            .anyMatch(job -> job.toString().endsWith("n1v0") && Files.exists(job.resolve("attempts/0001/metrics.jsonl"))),
                    "the first training");
        } finally {
            workbench.toHandle().destroyForcibly();
            workbench.waitFor();
        }
        try (LocalStudies studies = open()) {
            Study left = studies.list().getFirst();
            assertThat(left.state()).as("nobody works on it now").isEqualTo(StudyState.STOPPED);
            assertThat(studies.resume(left.id(), _ -> {}).await()).isEqualTo(StudyState.FINISHED);
            StudyResult result = Objects.requireNonNull(studies.list().getFirst().result());
            assertThat(result.completed()).isEqualTo(2);
        }
        for (Path job : jobFolders()) {
            assertThat(attempts(job)).as("%s was carried out once", job).hasSize(1);
        }
    }

    private Process workbench(Path mission) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", "--enable-native-access=ALL-UNNAMED",
                "-Dtrex.log=" + home.resolve("logs/trex.log"),
                "-cp", System.getProperty("java.class.path"),
                Main.class.getName(), "run", "--mission", mission.toString(), "--approve", "auto");
        builder.environment().put("TREX_HOME", home.toString());
        return builder.redirectErrorStream(true)
                .redirectOutput(home.resolve("workbench.out").toFile())
                .start();
    }

    @Test
    @Tag("slow")
    void stopEndsTheRunAndTheStudyGoesOnFromItsCheckpoint() throws Exception {
        try (LocalStudies studies = open()) {
            StudyControl control = studies.start(small(studies, 1), AUTOMATIC, _ -> {});
            await(() -> studies.events(control.id(), training(control.id())).stream()
                    .anyMatch(trex.model.RunEvent.Step.class::isInstance), "a training step");
            control.stop();
            assertThat(control.await()).isEqualTo(StudyState.STOPPED);
            assertThat(studies.runningWorkers()).isEmpty();
            assertThat(studies.resume(control.id(), _ -> {}).await()).isEqualTo(StudyState.FINISHED);
            assertThat(Objects.requireNonNull(studies.list().getFirst().result()).completed()).isEqualTo(1);
        }
    }

    @Test
    @Tag("slow")
    void aKilledWorkerIsAFailedRoundWithItsReasonAndTheStudyGoesOn() throws Exception {
        try (LocalStudies studies = open()) {
            StringBuffer messages = new StringBuffer();
            StudyControl control = studies.start(small(studies, 2), AUTOMATIC, event -> {
                if (event instanceof trex.loop.StudyEvent.Message said) {
                    messages.append(said).append('\n');
                }
            });
            await(() -> studies.events(control.id(), training(control.id())).stream()
                    .anyMatch(trex.model.RunEvent.Step.class::isInstance), "a training step");
            Path claim = home.resolve("studies").resolve(control.id().value()).resolve("runs")
                    .resolve(training(control.id()).value()).resolve("attempts/0001/claim.json");
            long worker = Json.mapper().readTree(claim.toFile()).path("worker").path("pid").asLong();
            assertThat(ProcessHandle.of(worker).orElseThrow().destroyForcibly()).isTrue();

            assertThat(control.await()).as(messages::toString).isEqualTo(StudyState.FINISHED);

            StudyResult result = Objects.requireNonNull(studies.list().getFirst().result());
            assertThat(result.failed()).isEqualTo(1);
            assertThat(result.completed()).isEqualTo(1);
            assertThat(studies.tree(control.id()).nodes().get(1).runs().getFirst().outcome())
                    .isInstanceOfSatisfying(trex.model.RunOutcome.Failed.class, failed -> {
                        assertThat(failed.kind()).isEqualTo(trex.model.FailureKind.KILLED);
                        assertThat(failed.message()).contains("signal 9");
                    });
        }
    }

    @Test
    void aDeviceThatIsNotThereIsRefusedBeforeThereIsAStudy() throws Exception {
        try (LocalStudies studies = open()) {
            StudySettings settings = new StudySettings(Approval.AUTO, "rank-puct", 1, 1, "cuda:97", "median");
            Mission mission = small(studies, 1);
            assertThatThrownBy(() -> studies.start(mission, settings, _ -> {}))
                    .isInstanceOf(Studies.Refused.class)
                    .hasMessageStartingWith("cuda:97 asked for: ");
            assertThat(studies.list()).isEmpty();
        }
    }

    @Test
    void aMissionThatAsksALanguageModelIsRefusedWhileThereIsNone() throws Exception {
        try (LocalStudies studies = open()) {
            Mission plain = small(studies, 1);
            Recipe asking = RecipeField.named("score").with(plain.start(), "6");
            Mission mission = new Mission(plain.name(), plain.goal(), plain.baseModel(), plain.data(), plain.metric(),
                    plain.budget(), plain.space(), asking, plain.seed());
            assertThatThrownBy(() -> studies.start(mission, AUTOMATIC, _ -> {})).isInstanceOf(Studies.Refused.class)
                    .hasMessageContaining("asks a language model").hasMessageContaining("TREX_LLM_URL");
            assertThat(studies.list()).isEmpty();
        }
    }

    /// What the person reads of a study that cannot go on.
    private static String messageOf(LocalStudies studies, Mission mission, StudySettings settings) throws Exception {
        StringBuilder errors = new StringBuilder();
        StudyControl control = studies.start(mission, settings, event -> {
            if (event instanceof trex.loop.StudyEvent.Message(trex.loop.StudyEvent.Level level, String text)
                    && level == trex.loop.StudyEvent.Level.ERROR) {
                errors.append(text);
            }
        });
        assertThat(control.await()).isEqualTo(StudyState.STOPPED);
        return errors.toString();
    }

    private static RunId training(StudyId study) {
        return new RunId(study + "-n1v0");
    }

    @Test
    void aSecondWorkbenchIsRefusedWithASentence() throws Exception {
        try (LocalStudies studies = open()) {
            assertThat(studies.list()).isEmpty();
            assertThatThrownBy(this::open).isInstanceOf(Studies.Refused.class)
                    .hasMessageContaining(home.toString())
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
        }
    }

    @Test
    void aPolicyThatDoesNotExistIsRefusedBeforeAStudyIsMade() throws Exception {
        try (LocalStudies studies = open()) {
            Mission mission = small(studies, 1);
            StudySettings settings = new StudySettings(Approval.AUTO, "crystal-ball", 1, 1, "cpu", "median");
            assertThatThrownBy(() -> studies.start(mission, settings, _ -> {}))
                    .isInstanceOf(Studies.Refused.class)
                    .hasMessageContaining("crystal-ball");
            assertThat(studies.list()).isEmpty();
        }
    }

    @Test
    void aBaseModelThatIsNotThereStopsTheStudyWithItsName() throws Exception {
        try (LocalStudies studies = open()) {
            Mission whole = small(studies, 1);
            Mission mission = new Mission(whole.name(), whole.goal(), home.resolve("nowhere.gguf").toString(),
                    whole.data(), whole.metric(), whole.budget(), whole.space(), whole.start(), whole.seed());
            assertThat(messageOf(studies, mission, AUTOMATIC)).contains("nowhere.gguf").doesNotContain("Exception");
        }
    }
}
