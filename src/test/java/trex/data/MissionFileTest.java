package trex.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.json.Json;
import trex.model.Bounds;
import trex.model.Budget;
import trex.model.Choices;
import trex.model.DataSource;
import trex.model.Method;
import trex.model.Metric;
import trex.model.Mission;
import trex.model.ValidationCut;

class MissionFileTest {
    private static final String SMALL = """
            {
              "name": "mine",
              "goal": "Sort my letters.",
              "baseModel": "nano",
              "data": {
                "train": [{"location": "letters.csv"}],
                "cut": {"size": 20, "byGroup": false},
                "test": {"location": "sub/held-out.jsonl"},
                "template": {"prompt": "{text}", "answer": "{kind}", "answers": ["bill", "other"]}
              },
              "metric": "accuracy",
              "budget": {"rounds": 3, "seconds": 60}
            }
            """;

    @TempDir Path folder;

    @BeforeEach
    void tables() throws IOException {
        Files.createDirectories(folder.resolve("sub"));
        Files.writeString(folder.resolve("letters.csv"), "text,kind\n");
        Files.writeString(folder.resolve("sub/held-out.jsonl"), "");
    }

    @Test
    void whatIsLeftOutHasASensibleValueAndPathsStartAtTheFile() throws Exception {
        Mission mission = read(SMALL);
        assertThat(mission.data().train()).containsExactly(
                new DataSource(folder.resolve("letters.csv").toString(), null, "csv"));
        assertThat(mission.data().test()).isEqualTo(
                new DataSource(folder.resolve("sub/held-out.jsonl").toString(), null, "jsonl"));
        assertThat(mission.data().cut()).isEqualTo(new ValidationCut(20, false));
        assertThat(mission.data().template().chat()).isTrue();
        assertThat(mission.budget()).isEqualTo(new Budget(3, 60, Budget.DEFAULT_EXAMPLES_PER_ROUND));
        assertThat(mission.start().method()).isInstanceOf(Method.Lora.class);
        assertThat(mission.baseModel()).isEqualTo("nano");
    }

    @Test
    void aRecipeMayBeGivenInPart() throws Exception {
        Mission mission = read(SMALL.replace("\"metric\"", """
                "start": {"optimization": {"learningRate": 0.01}, "method": {"kind": "full"}},
                "space": {"learningRate": {"min": 0.001, "max": 0.1}},
                "metric\""""));
        assertThat(mission.start().optimization().learningRate()).isEqualTo(0.01);
        assertThat(mission.start().optimization().batchSize()).isEqualTo(16);
        assertThat(mission.start().method()).isEqualTo(new Method.Full());
        assertThat(mission.space()).containsEntry("learningRate", new Bounds(0.001, 0.1));
    }

    @Test
    void aFolderStandsForItsFilesOfTheSplit() throws Exception {
        for (String name : List.of("set/data/train-00000-of-00002.jsonl", "set/data/train-00001-of-00002.jsonl",
                "set/data/test-00000-of-00001.jsonl", "set/README.md")) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), "");
        }
        String mission = SMALL.replace("letters.csv", "set").replace("sub/held-out.jsonl", "set");
        assertThat(read(mission).data().train()).extracting(s -> Path.of(s.location()).getFileName().toString())
                .containsExactly("train-00000-of-00002.jsonl", "train-00001-of-00002.jsonl");
        assertThat(read(mission).data().test().location()).endsWith("test-00000-of-00001.jsonl");
        assertRefused(mission.replace("\"cut\": {\"size\": 20, \"byGroup\": false}", "\"validation\": {\"location\": \"set\"}"),
                "data.validation: the folder " + folder.resolve("set") + " has no file whose name says dev or val or valid or validation; "
                        + "it has data/test-00000-of-00001.jsonl");
        assertRefused(SMALL.replace("letters.csv", "sub"), "data.train: the folder " + folder.resolve("sub") + " has no file");
        Files.writeString(folder.resolve("set/data/test-00001-of-00002.jsonl"), "");
        assertRefused(mission, "data.test: the folder has 2 files of this split");
    }

    @Test
    void aModelPathStartsAtTheFileToo() throws Exception {
        Path model = Files.writeString(folder.resolve("sub/x.gguf"), "");
        assertThat(read(SMALL.replace("\"nano\"", "\"sub/x.gguf\"")).baseModel()).isEqualTo(model.toString());
    }

    @Test
    void aBadMissionIsRefusedWithFileFieldAndValue() {
        assertRefused(SMALL.replace("\"accuracy\"", "\"acuracy\""),
                "metric: \"acuracy\" is unknown; known are accuracy, macro_f1, exact_match");
        assertRefused(SMALL.replace("\"goal\"", "\"gaol\": 1, \"goal\""), "gaol is no field of a mission; known there are baseModel");
        assertRefused(SMALL.replace("\"goal\": \"Sort my letters.\",", ""), "mission.json: goal is missing");
        assertRefused(SMALL.replace("\"Sort my letters.\"", "null"), "a field that needs a value is null");
        assertRefused(SMALL.replace("\"rounds\": 3", "\"rounds\": 0"), "mission.json: budget: rounds must be 1..1000, got 0");
        assertRefused(SMALL.replace("\"rounds\": 3", "\"rounds\": \"3\""), "budget.rounds");
        assertRefused(SMALL.replace("letters.csv", "letters.xls"), "format must be tsv, csv, jsonl, json, txt, text or parquet, got \"xls\"");
        assertRefused(SMALL.replace("\"cut\": {\"size\": 20, \"byGroup\": false},", ""),
                "data: give either validation or cut, neither is there");
        assertRefused(SMALL.replace(", \"answers\": [\"bill\", \"other\"]", ""),
                "metric accuracy compares allowed answers, but data.template.answers is empty");
        assertRefused(SMALL.replace("\"metric\"", "\"space\": {\"learnRate\": {\"min\": 0, \"max\": 1}}, \"metric\""),
                "unknown recipe field \"learnRate\"; known are examples");
        assertRefused(SMALL.replace("\"metric\"", "\"start\": {\"optimization\": {\"learningRate\": 7}}, \"metric\""),
                "start.optimization: recipe: learningRate must be 1.0E-8..1.0, got 7.0");
        assertRefused(SMALL.replace("\"metric\"", "\"start\": {\"method\": {\"kind\": \"qlora\"}}, \"metric\""), "qlora");
        assertRefused(SMALL.replace("\"goal\"", "goal"), "mission.json, line 3: expected a mission as JSON");
        assertRefused("{", "mission.json, line 1: expected a mission as JSON, but Unexpected end-of-input: "
                + "expected close marker for Object");
        assertRefused(SMALL.replace("\"nano\"", "\"nani\""), "baseModel: \"nani\" is neither in the catalogue (nano, ");
        assertRefused(SMALL.replace("sub/held", "held"), "data.test: the data file");
        assertRefused("[]", "expected a mission, that is a JSON object, found ARRAY");
        assertThatThrownBy(() -> MissionFile.read(folder.resolve("gone.json")))
                .isInstanceOf(BadMission.class).hasMessageContaining("gone.json is not there");
    }

    @Test
    void fieldsThatDenyOneAnotherAreNamed() {
        assertRefused(SMALL.replace("sub/held-out.jsonl", "letters.csv"), "data.test: " + folder.resolve("letters.csv")
                + " is also training data; the test split needs rows of its own");
        assertRefused(SMALL.replace("[{\"location\": \"letters.csv\"}]",
                "[{\"location\": \"letters.csv\"}, {\"location\": \"letters.csv\"}]"), "data.train: a source is named twice");
        assertRefused(SMALL.replace("{text}", "text"), "data.template.prompt: \"text\" names no {field}");
        assertRefused(SMALL.replace("{kind}", "bill"), "data.template.answer: \"bill\" names no {field}");
        assertRefused(SMALL.replace("{text}", "{text} {kind}"), "data.template.prompt: it shows [kind], which data.template.answer asks for");
        assertRefused(SMALL.replace("\"bill\", \"other\"", "\"bill\", \"bill\""), "data.template.answers: an answer is listed twice");
        assertRefused(SMALL.replace("\"answers\"", "\"labels\": {\"1\": \"Bill\"}, \"answers\""),
                "data.template.labels: 1 becomes \"Bill\", which data.template.answers does not list (bill, other)");
        assertRefused(with("\"start\": {\"data\": {\"operators\": [{\"kind\": \"sample\", \"count\": 60000}]}}"),
                "start.data: its sample asks for 60000 examples, budget.examplesPerRound allows 50000");
        assertRefused(SMALL.replace("\"seconds\": 60", "\"seconds\": 60, \"examplesPerRound\": 100").replace("\"metric\"",
                "\"space\": {\"examples\": {\"min\": 400, \"max\": 4000}}, \"metric\""),
                "space.examples: at least 400 are asked for, budget.examplesPerRound allows 100");
        assertRefused(with("\"space\": {\"rank\": {\"min\": 16, \"max\": 64}}"),
                "start: rank is 8, which the mission's own space.rank does not allow (16 to 64)");
        assertRefused(with("\"start\": {\"data\": {\"operators\": [{\"kind\": \"filterPattern\", \"pattern\": \"(\", \"keep\": true}]}}"),
                "filter pattern: \"(\" is no regular expression");
    }

    @Test
    void aMissionForcesAndForbidsValuesOfFields() throws Exception {
        Mission mission = read(with("\"space\": {\"method\": [\"lora\"], \"targets\": [\"mlp\", \"all_linear\"],"
                + " \"rank\": {\"min\": 8, \"max\": 8}}"));
        assertThat(mission.space()).containsEntry("method", new Choices(List.of("lora")))
                .containsEntry("targets", new Choices(List.of("mlp", "all_linear")))
                .containsEntry("rank", new Bounds(8, 8));
        assertThat(Json.mapper().readValue(Json.mapper().writeValueAsString(mission), Mission.class)).isEqualTo(mission);
    }

    @Test
    void impossibleValuesOfFieldsAreNamed() {
        assertRefused(with("\"space\": {\"method\": [\"qlora\"]}"), "space: method can be lora, full, not \"qlora\"");
        assertRefused(with("\"space\": {\"method\": []}"), "choices: the list of allowed values is empty");
        assertRefused(with("\"space\": {\"method\": {\"min\": 1, \"max\": 2}}"),
                "space: method is no number: give a list of some of its values, which are lora, full");
        assertRefused(with("\"space\": {\"rank\": [\"8\"]}"), "space: rank is a number: give {\"min\": …, \"max\": …}");
        assertRefused(with("\"space\": {\"method\": [\"full\"]}"),
                "start: method is lora, which the mission's own space.method does not allow (full)");
        assertRefused(with("\"space\": {\"method\": [\"full\"], \"rank\": {\"min\": 4, \"max\": 32}},"
                        + " \"start\": {\"method\": {\"kind\": \"full\"}}"),
                "space.rank: the field has no meaning where method is full, and space.method allows no other");
    }

    private static String with(String fields) {
        return SMALL.replace("\"metric\"", fields + ", \"metric\"");
    }

    @Test
    void everyTaskOfTheBenchIsAMission() throws Exception {
        try (var files = Files.walk(Path.of("ft-bench"))) {
            List<Path> tasks = files.filter(f -> f.endsWith("task.json")).toList();
            assertThat(tasks).isNotEmpty();
            for (Path task : tasks) {
                assertThat(MissionFile.read(task).goal()).isNotBlank();
            }
        }
    }

    @Test
    void theSentimentTaskComparesLikelihoodsOfItsTwoAnswers() throws Exception {
        Mission mission = MissionFile.read(Path.of("ft-bench/sst2/task.json"));
        assertThat(mission.metric()).isEqualTo(Metric.ACCURACY);
        assertThat(mission.data().template().answers()).containsExactly("negative", "positive");
        assertThat(mission.data().test().sha256()).isNotNull();
    }

    private Mission read(String text) throws BadMission, IOException {
        return MissionFile.read(Files.writeString(folder.resolve("mission.json"), text));
    }

    private void assertRefused(String text, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(BadMission.class)
                .hasMessageContaining(folder.resolve("mission.json").toString()).hasMessageContaining(message);
    }
}
