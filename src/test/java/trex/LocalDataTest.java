package trex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.cli.DataDesk;
import trex.data.MissionFile;
import trex.fetch.Places;
import trex.json.Json;
import trex.llm.LoopbackService;
import trex.loop.Studies;
import trex.model.Example;
import trex.model.MissionPreview;

class LocalDataTest {
    private static final Path ROOT = Path.of("").toAbsolutePath();

    @TempDir private Path folder;

    @Test
    void anExportHoldsWhatTheStartRecipeMakesAndTellsEachStep() throws Exception {
        Path file = folder.resolve("rows.jsonl");
        List<String> told = desk().export(ROOT.resolve("ft-bench/dates/task.json"), file);
        List<String> lines = Files.readAllLines(file);
        assertThat(told.getFirst()).startsWith("training split: 6000 rows, 0 removed");
        assertThat(told.get(1)).isEqualTo("sample: 6000 → " + lines.size());
        assertThat(told.getLast()).isEqualTo(lines.size() + " examples in " + file);
        assertThat(Json.mapper().readValue(lines.getFirst(), Example.class).prompt()).startsWith("Date: ");
        assertThatThrownBy(() -> desk().export(ROOT.resolve("ft-bench/dates/task.json"), file))
                .isInstanceOf(Studies.Refused.class).hasMessageContaining("rows.jsonl is there already");
    }

    @Test
    void aMissionIsLookedAtWithoutLeavingItsRowsBehind() throws Exception {
        List<String> said = new ArrayList<>();
        MissionPreview preview = desk().preview(MissionFile.read(ROOT.resolve("ft-bench/dates/task.json")), said::add);
        assertThat(preview.testRows()).isEqualTo(600);
        assertThat(preview.trainRows()).isGreaterThan(1000);
        assertThat(preview.first()).hasSize(5).first()
                .satisfies(row -> assertThat(row.prompt()).startsWith("Date: "))
                .satisfies(row -> assertThat(row.id()).startsWith("train.tsv:"));
        assertThat(said).contains("reading train.tsv", "cutting the splits");
    }

    @Test
    void aBrokenLineOfAMissionIsNamed() throws Exception {
        Path task = folder.resolve("task.json");
        Files.writeString(task, Files.readString(ROOT.resolve("ft-bench/dates/task.json")));
        for (String name : List.of("train.tsv", "validation.tsv", "test.tsv")) {
            Files.copy(ROOT.resolve("ft-bench/dates").resolve(name), folder.resolve(name));
        }
        Files.writeString(folder.resolve("validation.tsv"), "only one column\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> desk().preview(MissionFile.read(task), _ -> {}))
                .isInstanceOf(Studies.Refused.class).hasMessageContaining("validation.tsv, line ");
    }

    @Test
    void onlyFilesOfOneRowALineAreCopiedAsAStream() throws Exception {
        Path in = Files.writeString(folder.resolve("in.txt"), "a\nb\na\n");
        assertThat(desk().deduplicate(in, folder.resolve("out.txt"), 0)).isEqualTo(new DataDesk.Removed(3, 1, 0));
        assertThatThrownBy(() -> desk().deduplicate(folder.resolve("in.csv"), folder.resolve("out.csv"), 0))
                .isInstanceOf(Studies.Refused.class).hasMessageContaining("jsonl, tsv, txt");
        assertThatThrownBy(() -> desk().deduplicate(in, folder.resolve("new.txt"), 7))
                .isInstanceOf(Studies.Refused.class).hasMessageContaining("similarity must be 0..1, got 7.0");
    }

    @Test
    void aMissionIsMadeOfABareFileByTheCommandLine() throws Exception {
        Path letters = Files.writeString(folder.resolve("letters.csv"), "text,kind\n" + "the matter of a letter,1\n".repeat(20)
                + java.util.stream.IntStream.range(0, 80).mapToObj(i -> "letter " + i * 7919 + "," + i % 2 + "\n")
                        .collect(java.util.stream.Collectors.joining()));
        String out = trex("new", letters.toString(), "--model", "nano", "--label", "1=bill", "--label", "0=other", "--held", "5");
        Path task = folder.resolve("missions/letters/task.json");
        assertThat(out).contains("answers: bill 60, other 40", "Mission written to " + task, "trex run --mission " + task);
        trex.model.Mission mission = MissionFile.read(task);
        assertThat(mission.data().template().prompt()).isEqualTo("{text}\n\nAnswer with one of: bill, other.");
        assertThat(mission.data().template().chat()).isFalse();
        assertThat(desk().preview(mission, _ -> {}).validationRows()).isEqualTo(5);
    }

    @Test
    void aMissionIsWrittenIntoTheHomeFolderThatThePersonNames() throws Exception {
        Path rows = Files.writeString(folder.resolve("sums.csv"), "question,answer\n"
                + java.util.stream.IntStream.range(0, 60).mapToObj(i -> "what is " + i + " + " + i + "," + 2 * i + "\n")
                        .collect(java.util.stream.Collectors.joining()));
        Path named = folder.resolve("named");
        assertThat(trex("new", rows.toString(), "--model", "nano", "--held", "5", "--home", named.toString()))
                .contains("trex run --mission " + named.resolve("missions/sums/task.json") + " --home " + named);
        assertThat(named.resolve("missions/sums/task.json")).exists();
        assertThat(folder.resolve("missions")).doesNotExist();
    }

    /// Carries a command out whose usual home is `folder`.
    private String trex(String... command) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        java.io.PrintStream before = System.out;
        System.setOut(new java.io.PrintStream(out, true, java.nio.charset.StandardCharsets.UTF_8));
        try {
            trex.cli.Wiring wiring = new trex.cli.Wiring(ROOT, folder, _ -> {
                throw new Studies.Refused("not asked");
            }, (_, _, _) -> {}, List.of(), () -> new trex.bench.Gemm(1, 1, null),
                    home -> new LocalData(Places.of(home, ROOT, Map.of())), trex.cli.EstimateDesk.CLOSED);
            assertThat(trex.cli.TrexCommand.run(wiring, command)).isZero();
        } finally {
            System.setOut(before);
        }
        return out.toString(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void aRecipeThatAsksIsCarriedOutByTheModelThatIsConfiguredAndByNoOther() throws Exception {
        Path task = folder.resolve("task.json");
        Files.writeString(task, Files.readString(ROOT.resolve("ft-bench/dates/task.json")).replace(
                "{\"kind\": \"sample\", \"count\": 3000}", "{\"kind\": \"sample\", \"count\": 1000}, "
                        + "{\"kind\": \"scoreRows\", \"criterion\": \"it is clear\", \"least\": 5}"));
        for (String name : List.of("train.tsv", "validation.tsv", "test.tsv")) {
            Files.copy(ROOT.resolve("ft-bench/dates").resolve(name), folder.resolve(name));
        }
        Places places = Places.of(folder, ROOT, Map.of());
        LocalData none = new LocalData(places, Map.of());
        assertThat(none.model()).contains("no language model is configured", "TREX_LLM_URL");
        assertThatThrownBy(() -> none.export(task, folder.resolve("none.jsonl"))).isInstanceOf(Studies.Refused.class)
                .hasMessageContaining("its start recipe asks a language model").hasMessageContaining("TREX_LLM_URL");
        try (LoopbackService service = new LoopbackService(_ -> "7")) {
            LocalData desk = new LocalData(places, Map.of("TREX_LLM_URL", service.address(), "TREX_LLM_MODEL", "toy",
                    "TREX_LLM_KEY", "sk-secret"));
            assertThat(desk.model()).startsWith("toy at " + service.address() + ", with a key").doesNotContain("sk-secret");
            assertThat(desk.export(task, folder.resolve("first.jsonl"))).anyMatch(line -> line.contains(" questions to toy"));
            int asked = service.requests().size();
            assertThat(asked).isBetween(900, 1000);
            assertThat(desk.export(task, folder.resolve("second.jsonl"))).anyMatch(line -> line.contains(", 0 questions to toy"));
            assertThat(service.requests()).hasSize(asked);
            assertThat(folder.resolve("second.jsonl")).hasSameTextualContentAs(folder.resolve("first.jsonl"));
        }
    }

    private LocalData desk() {
        return new LocalData(Places.of(folder, ROOT, Map.of()));
    }
}
