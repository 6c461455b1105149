package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.data.MissionFile;
import trex.fetch.Places;
import trex.loop.Studies;
import trex.model.ExperimentTree;
import trex.model.Metric;
import trex.model.Mission;
import trex.model.Node;
import trex.model.NodeId;
import trex.model.NodeState;
import trex.model.Prepared;
import trex.model.ResearchDirection;
import trex.model.Run;
import trex.model.RunId;
import trex.model.RunOutcome;
import trex.model.RunRequest;
import trex.model.Score;
import trex.model.Spending;
import trex.model.Strategy;
import trex.model.Study;
import trex.model.StudyId;
import trex.model.StudySettings;
import trex.model.StudyState;
import trex.model.Work;

/// Bundles of a tiny study on the embedded model, and what is made of them elsewhere.
class BundleTest {
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final WorkerSettings SETTINGS = new WorkerSettings(1, false, 256);
    private static final StudyId ID = new StudyId("tiny-1");
    private static final Score BASELINE = new Score(Metric.EXACT_MATCH, 0, 0, 20);

    @TempDir Path home;
    private Places places;

    @BeforeEach
    void open() {
        TinyStudy.assumeModel();
        places = Places.of(home, ROOT, Map.of());
    }

    @Test
    void theSameMachineReproducesEveryBitAndChangedInputsAreRefusedByName() throws Exception {
        Path file = home.resolve("tiny.zip");
        bundle(file);
        assertThat(text(file)).as("no folder of this machine").doesNotContain(home.toString(), ROOT.toString())
                .contains("{home}/task/train.tsv");

        WorkerSettings others = new WorkerSettings(2, false, 256);
        Reproduction.Outcome outcome = new Reproduction(places, others).of(file, _ -> {});

        assertThat(outcome.items()).extracting(Reproduction.Item::what).containsExactly("base model nano", "train split",
                "validation split", "test split", "weights model.safetensors", "validation score");
        assertThat(outcome.items()).allMatch(Reproduction.Item::same);
        assertThat(outcome.same()).isTrue();
        try (Stream<Path> studies = Files.list(home.resolve("studies"))) {
            assertThat(studies).as("nothing is left behind").containsExactly(home.resolve("studies/tiny-1"));
        }

        Path train = home.resolve("task/train.tsv");
        Files.writeString(train, Files.readString(train).replaceFirst("\\d\\d\\d\\d", "1717"));
        assertThatThrownBy(() -> new Reproduction(places, SETTINGS).of(file, _ -> {}))
                .isInstanceOf(Studies.Refused.class)
                .hasMessageContaining("the train split (cut from " + train)
                .hasMessageContaining("is not the study's: its SHA-256 is ");

        Path model = home.resolve("model");
        copy(TinyStudy.model(), model);
        Files.writeString(model.resolve("tokenizer_config.json"), " ", java.nio.file.StandardOpenOption.APPEND);
        Path other = home.resolve("other.zip");
        BundleFile.write(other, redirected(file, model));
        assertThatThrownBy(() -> new Reproduction(places, SETTINGS).of(other, _ -> {}))
                .isInstanceOf(Studies.Refused.class)
                .hasMessageContaining("the base model model (" + model + ") is not the study's");
    }

    @Test
    void otherSurroundingsAreNamedAsReasons() {
        Surroundings there = new Surroundings("aa", "25", "Linux amd64", "A", 4, List.of("pytorch-engine-1.jar"),
                trex.model.Precision.BF16);
        Surroundings here = new Surroundings("aa", "25", "Linux amd64", "B", 2, List.of("pytorch-engine-2.jar"),
                trex.model.Precision.BF16);
        assertThat(there.differences(here)).hasSize(3).anyMatch(s -> s.contains("threads") && s.contains("was 4, is 2"))
                .anyMatch(s -> s.contains("pytorch-engine-2.jar"));
        assertThat(there.differences(there)).isEmpty();
    }

    @Test
    void hostileArchivesAreRefused() throws Exception {
        refuses(zip(Map.of("../../evil.json", "{}")), "no bundle holds a file named \"../../evil.json\"");
        refuses(zip(Map.of("/etc/passwd", "x")), "no bundle holds a file named \"/etc/passwd\"");
        refuses(zip(Map.of("metrics/a/../b.jsonl", "x")), "no bundle holds a file named");
        refuses(zip(Map.of("tree.json", " ".repeat((32 << 20) + 1))), "tree.json unpacks to more than 32 MiB");
        Map<String, String> many = new LinkedHashMap<>();
        for (int i = 0; i <= 10_000; i++) {
            many.put("recipes/r" + i + ".json", "");
        }
        refuses(zip(many), "it holds 10001 files");
        refuses(zip(Map.of("tree.json", "{}")), "bundle.json is missing in it");
        refuses(zip(Map.of("bundle.json", "{\"form\": 1}")), "bundle.json");
        refuses(Files.writeString(home.resolve("no.zip"), "no zip"), "cannot be read");
        refuses(home.resolve("absent.zip"), "it is not there");
    }

    @Test
    void aStudyWithoutATrainingHasNothingToBundle() throws Exception {
        Mission mission = MissionFile.read(ROOT.resolve("ft-bench/dates/task.json"));
        Study study = new Study(ID, mission, StudySettings.DEFAULT, StudyState.STOPPED, Instant.EPOCH, null,
                new Spending(0, 0, 60), null);
        assertThatThrownBy(() -> new Bundles(places, SETTINGS).write(study, ExperimentTree.EMPTY, home.resolve("b.zip")))
                .isInstanceOf(Studies.Refused.class)
                .hasMessageContaining("has no finished training yet");
    }

    private void refuses(Path file, String why) {
        assertThatThrownBy(() -> BundleFile.read(file, PortablePaths.of(places)))
                .isInstanceOf(Studies.Refused.class).hasMessageContaining(why);
    }

    private Path zip(Map<String, String> members) throws IOException {
        Path file = Files.createTempFile(home, "hostile", ".zip");
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> member : members.entrySet()) {
                zip.putNextEntry(new ZipEntry(member.getKey()));
                zip.write(member.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    /// A study of one round, as the loop and its store would leave it.
    private void bundle(Path file) throws Exception {
        Path task = home.resolve("task");
        Files.createDirectories(task);
        for (String split : List.of("train", "validation", "test")) {
            List<String> lines = Files.readAllLines(ROOT.resolve("ft-bench/dates").resolve(split + ".tsv"));
            Files.write(task.resolve(split + ".tsv"), lines.subList(0, split.equals("train") ? 81 : 21));
        }
        Files.copy(ROOT.resolve("ft-bench/dates/task.json"), task.resolve("task.json"));
        Mission mission = MissionFile.read(task.resolve("task.json"));
        Prepared prepared = new LocalPreparation(places).prepare(ID, mission, _ -> {});
        RunRequest request = new RunRequest(new RunId("tiny-1-n1v0"), ID, mission, prepared.model(), prepared.splits(),
                new Work.Train(mission.start().withData(mission.start().data().withExamples(64))));
        RunOutcome outcome = Rehearsal.carryOut(home, new WorkerCommand(home, SETTINGS), request, _ -> {});
        Node baseline = new Node(NodeId.BASELINE, null, strategy(mission), NodeState.COMPLETED, List.of(), BASELINE,
                false, "", null);
        Node node = new Node(new NodeId(1), NodeId.BASELINE, strategy(mission), NodeState.COMPLETED,
                List.of(new Run(request.id(), new NodeId(1), 0, request.work(), outcome)),
                new Score(Metric.EXACT_MATCH, 1, 0, 20), false, "", null);
        Study study = new Study(ID, mission, StudySettings.DEFAULT, StudyState.FINISHED, Instant.EPOCH, prepared,
                new Spending(1, 0, 60), null);
        new Bundles(places, SETTINGS).write(study, new ExperimentTree(List.of(baseline, node), List.of()), file);
    }

    private static Strategy strategy(Mission mission) {
        return new Strategy(ResearchDirection.ADJUST_TRAINING, "a try", List.of(), List.of(mission.start()), "a test");
    }

    /// The same bundle on another model, with digests that fit: only the model's own betrays it.
    private static Map<String, String> redirected(Path file, Path model) throws Exception {
        Map<String, String> members = members(file);
        String before = Objects.requireNonNull(members.get("mission.json"));
        String mission = before.replace("\"baseModel\" : \"nano\"", "\"baseModel\" : \"" + model + "\"");
        members.computeIfPresent("bundle.json",
                (_, facts) -> facts.replace(FolderDigest.ofText(before), FolderDigest.ofText(mission)));
        members.put("mission.json", mission);
        return members;
    }

    private static Map<String, String> members(Path file) throws IOException {
        Map<String, String> members = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                members.put(entry.getName(), new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return members;
    }

    private static String text(Path file) throws IOException {
        return String.join("\n", members(file).values());
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path source : files.toList()) {
                Files.copy(source, to.resolve(source.getFileName()));
            }
        }
    }
}
