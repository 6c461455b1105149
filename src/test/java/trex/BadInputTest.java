package trex;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.bench.Gemm;
import trex.cli.TrexCommand;
import trex.cli.Wiring;
import trex.executor.WorkerSettings;
import trex.fetch.Places;

/// What `trex run` says to input that it cannot use: one sentence, exit code 1, no trace.
class BadInputTest {
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final String MISSION = """
            {
              "name": "mine", "goal": "Sort my letters.", "baseModel": "nano",
              "data": {
                "train": [{"location": "train.tsv"}],
                "validation": {"location": "validation.tsv"},
                "test": {"location": "test.tsv"},
                "template": {"prompt": "{text}", "answer": "{kind}", "answers": ["bill", "other"], "chat": false}
              },
              "metric": "accuracy",
              "budget": {"rounds": 3, "seconds": 60}
            }
            """;

    @TempDir private Path folder;

    @BeforeEach
    void tables() throws IOException {
        table("train.tsv", "text\tkind", 0, 30);
        table("validation.tsv", "text\tkind", 30, 40);
        table("test.tsv", "text\tkind", 40, 50);
    }

    @Test
    void aMissionThatDeniesItselfIsRefusedByItsField() throws Exception {
        assertThat(run(MISSION.replace("test.tsv", "train.tsv"))).contains("mission.json: data.test: ")
                .contains("train.tsv is also training data; the test split needs rows of its own");
        assertThat(run(MISSION.replace("\"accuracy\"", "\"bleu\"")))
                .contains("mission.json: metric: \"bleu\" is unknown; known are accuracy, macro_f1, exact_match");
        assertThat(run(MISSION.replace("\"seconds\": 60", "\"seconds\": 0"))).contains("budget: seconds must be at least 1, got 0");
        assertThat(run(MISSION.replace("\"metric\"", "\"start\": {\"optimization\": {\"epochs\": -1}}, \"metric\"")))
                .contains("start.optimization: recipe: epochs must be").contains("got -1");
    }

    @Test
    void aMetricThatDoesNotFitTheDataIsRefused() throws Exception {
        assertThat(run(MISSION.replace("\"answers\": [\"bill\", \"other\"], ", "")))
                .contains("metric accuracy compares allowed answers, but data.template.answers is empty");
        assertThat(run(MISSION.replace("\"bill\", \"other\"", "\"yes\", \"no\""))).contains("train.tsv, line 2: ")
                .contains("expected an answer out of yes, no, found \"other\"");
    }

    @Test
    void aBrokenLineIsNamedWithItsFileItsNumberAndWhatWasExpected() throws Exception {
        Files.writeString(folder.resolve("train.tsv"), "text\tkind\na letter\tbill\nanother one\n");
        assertThat(run(MISSION)).contains("train.tsv, line 3: expected 2 fields (text, kind), found 1");
        Files.writeString(folder.resolve("train.jsonl"), "{\"text\": \"a\", \"kind\": \"bill\"}\n{\"text\": \"b\", \"kind\"\n");
        assertThat(run(MISSION.replace("train.tsv", "train.jsonl"))).contains("train.jsonl, line 2: expected a JSON object");
    }

    @Test
    void dataWithoutRowsOrWithASingleAnswerIsRefused() throws Exception {
        Files.writeString(folder.resolve("validation.tsv"), "text\tkind\n");
        assertThat(run(MISSION)).contains("validation.tsv has no rows: expected at least one");
        table("validation.tsv", "text\tkind", 32, 34);
        assertThat(run(MISSION)).contains("every validation row has the answer \"other\": a classification needs at least two");
        Files.copy(folder.resolve("train.tsv"), folder.resolve("copy.tsv"));
        assertThat(run(MISSION.replace("validation.tsv", "copy.tsv"))).contains("no training row is left: each of the 30 equals");
    }

    @Tag("slow")
    @Test
    void aBudgetSmallerThanOneRoundIsSaidAfterTheBaseline() throws Exception {
        assertThat(run(MISSION.replace("\"seconds\": 60", "\"seconds\": 1")))
                .contains("budget.seconds: 1 is smaller than one round: measuring the base model took");
    }

    private void table(String name, String header, int from, int to) throws IOException {
        Files.writeString(folder.resolve(name), header + "\n" + IntStream.range(from, to)
                .mapToObj(i -> "letter number " + (char) ('a' + i % 26) + i + "\t" + (i % 3 == 1 ? "bill" : "other") + "\n")
                .collect(Collectors.joining()));
    }

    private String run(String mission) throws IOException {
        Files.writeString(folder.resolve("mission.json"), mission);
        Wiring wiring = new Wiring(ROOT, folder.resolve("home"),
                home -> LocalStudies.open(Places.of(home, ROOT, Map.of()), WorkerSettings.ofThisMachine()),
                (_, _, _) -> {}, List.of(), () -> new Gemm(1, 1, null));
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        int code;
        try {
            code = TrexCommand.run(wiring, "run", "--mission", folder.resolve("mission.json").toString(), "--approve", "auto");
        } finally {
            System.setErr(before);
        }
        String text = said.toString(StandardCharsets.UTF_8);
        assertThat(code).as(text).isEqualTo(1);
        assertThat(text).doesNotContain("\tat ").doesNotContain("Exception");
        return text;
    }
}
