package trex.data.asking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.data.BrokenData;
import trex.data.DataPipeline;
import trex.data.HeldOut;
import trex.data.Row;
import trex.data.SplitSealer;
import trex.data.TrainingRows;
import trex.data.operator.Operators;
import trex.llm.LoopbackService;
import trex.model.DataOperator;
import trex.model.DataRecipe;
import trex.model.Embedding;
import trex.model.Example;
import trex.model.Template;

/// Against a real service on this machine.
class AskingTest {
    private static final long PLENTY = 10_000_000;
    private static final DataOperator.ScoreRows SCORE = new DataOperator.ScoreRows("it is clear", 5);

    @TempDir private Path folder;
    private @Nullable LoopbackService service;
    private List<Example> trainingRows = List.of();
    private @Nullable HeldOut heldOut;

    @AfterEach
    void stop() {
        if (service != null) {
            service.close();
        }
    }

    @Test
    void rowsOfTooFewPointsAreLeftOutAndASampleTakesTheBest() throws Exception {
        serve(question -> question.contains("shiny") ? "9" : question.contains("fair") ? "6.5" : "2");
        List<Example> rows = List.of(row(1, "shiny one"), row(2, "dull one"), row(3, "fair one"), row(4, "shiny two"));
        TrainingRows kept = run(rows, SCORE);
        assertThat(kept.examples()).extracting(Example::id).containsExactlyInAnyOrder("a:1", "a:3", "a:4");
        assertThat(kept.steps().getFirst().toString())
                .isEqualTo("score rows (0 without a score, 4 questions to toy at " + service().address()
                        + " for 100 tokens, the others were answered before): 4 → 3");
        assertThat(run(rows, SCORE, new DataOperator.Sample(2)).examples()).extracting(Example::id)
                .containsExactlyInAnyOrder("a:1", "a:4");
    }

    @Test
    void anAnswerThatIsNoNumberIsAskedForOnceMoreAndThenTheRowIsLeftOut() throws Exception {
        serve(question -> question.contains("stubborn") ? "I'd say 8/10" : question.contains("slow")
                && !question.contains("nothing else") ? "eight" : "8");
        List<Example> rows = List.of(row(1, "stubborn"), row(2, "slow"), row(3, "quick"));
        assertThat(run(rows, SCORE).examples()).extracting(Example::id).containsExactlyInAnyOrder("a:2", "a:3");
        assertThat(service().requests()).hasSize(5);
        assertThat(Scoring.number("11")).isEmpty();
        assertThat(Scoring.number("-1")).isEmpty();
        assertThat(Scoring.number(" 10\n")).contains(10.0);
    }

    @Test
    void aModelThatGivesNoNumbersIsRefused() throws Exception {
        serve(_ -> "What a nice row!");
        assertThatThrownBy(() -> run(rows(4), SCORE)).isInstanceOf(BrokenData.class)
                .hasMessageContaining("gives 4 of 4 rows no number from 0 to 10");
    }

    @Test
    void whatWasAskedBeforeIsNotAskedAgain() throws Exception {
        serve(question -> Integer.toString(question.hashCode() & 7));
        TrainingRows first = run(rows(20), SCORE);
        int asked = service().requests().size();
        assertThat(run(rows(20), SCORE).examples()).isEqualTo(first.examples());
        assertThat(service().requests()).hasSize(asked);
        run(rows(21), SCORE);
        assertThat(service().requests()).hasSize(asked + 1);
    }

    @Test
    void noMoreTokensArePaidForThanAllowed() throws Exception {
        serve(_ -> "8");
        assertThatThrownBy(() -> run(rows(40), 1_000, SCORE)).isInstanceOf(BrokenData.class)
                .hasMessageContaining("limit of 1000 tokens").hasMessageContaining("TREX_LLM_TOKENS");
        int asked = service().requests().size();
        assertThat(asked).isBetween(1, 39);
        run(rows(40), PLENTY, SCORE);
        assertThat(service().requests()).as("answers that came are kept").hasSize(40);
    }

    @Test
    void writtenRowsPassTheGateOfReadOnes() throws Exception {
        List<String> written = List.of("{\"prompt\":\"the new harbour opens\",\"answer\":\"yes\"}", // 1: taken
                "```json\n{\"prompt\":\"a wholly different matter\",\"answer\":\"no\"}\n```", // 2: taken
                "{\"prompt\":\"the new harbour opens\",\"answer\":\"yes\"}", // 3: repeats 1
                "{\"prompt\":\"another\",\"answer\":\"perhaps\"}", // 4: no allowed answer
                "{\"prompt\":\"" + "long ".repeat(200) + "\",\"answer\":\"yes\"}", // 5: too long
                "{\"prompt\":\"\",\"answer\":\"no\"}", // 6: empty
                "{\"prompt\":\"sealed sentence about the winter garden number 3\",\"answer\":\"yes\"}", // 7: a test row
                "not JSON", // 8
                "{\"prompt\":\"row number 5 of the training split\",\"answer\":\"yes\"}", // 9: a training row
                "{\"prompt\":\"x\",\"answer\":\"no\",\"extra\":1}"); // 10
        serve(question -> IntStream.rangeClosed(1, 10).filter(i -> question.contains("number " + i + " of 10."))
                .mapToObj(i -> written.get(i - 1)).findFirst().orElseThrow());
        TrainingRows made = run(sealed(), PLENTY, new DataOperator.GenerateRows(10, "more of these"));
        assertThat(made.examples()).filteredOn(e -> Operators.source(e).equals("generated"))
                .extracting(Example::prompt).containsExactlyInAnyOrder("Text: the new harbour opens\nIs it so?",
                        "Text: a wholly different matter\nIs it so?");
        assertThat(made.steps().getFirst().operator()).contains("2 unreadable", "1 empty", "1 with another answer",
                "1 too long", "2 near repeats", "1 near held-out rows");
    }

    @Test
    void noHeldOutRowIsEverShownToTheModel() throws Exception {
        serve(question -> "{}");
        run(sealed(), PLENTY, new DataOperator.GenerateRows(20, "more of these"));
        assertThat(service().requests()).isNotEmpty().noneMatch(r -> r.toString().contains("winter garden"));
    }

    @Test
    void rowsAreChosenByTheModelsEmbeddings() throws Exception {
        serve(_ -> "");
        List<Example> rows = new ArrayList<>();
        for (String text : List.of("apple pie", "apple cake", "apple tart", "berry pie", "cherry pie")) {
            rows.add(row(rows.size(), text));
        }
        assertThat(run(rows, new DataOperator.SelectDiverse(3, Embedding.MODEL)).examples())
                .extracting(e -> e.prompt().charAt(0)).containsExactlyInAnyOrder('a', 'b', 'c');
        assertThat(run(rows, new DataOperator.DropAlike(0.5, Embedding.MODEL)).examples()).hasSize(3);
        assertThat(service().requests()).as("kept by text").hasSize(1);
    }

    @Test
    void aRecipeThatAsksWithoutAModelIsRefusedWithWhatToDo() throws Exception {
        serve(_ -> "");
        assertThatThrownBy(() -> new DataPipeline().run(new DataRecipe(List.of(SCORE)), rows(3), 1, 10))
                .isInstanceOf(BrokenData.class).hasMessageContaining("TREX_LLM_URL").hasMessageContaining("TREX_LLM_MODEL");
        assertThat(service().requests()).isEmpty();
    }

    @Test
    void everyPlaceholderOfAQuestionIsFilled() {
        assertThat(new Prompt("score.txt").filled(Map.of("criterion", "c", "row", "{}"))).contains("{}").doesNotContain("{row}");
        assertThatThrownBy(() -> new Prompt("generate.txt").filled(Map.of())).hasMessageContaining("no value for {");
        assertThat(Prompt.shown("a\u200bb\u202ec")).isEqualTo("abc");
    }

    /// Cuts and seals splits whose test rows speak of a winter garden.
    private List<Example> sealed() throws Exception {
        Template template = new Template(null, "Text: {text}\nIs it so?", "{answer}", Map.of(), List.of("yes", "no"), true);
        List<Row> training = new ArrayList<>(source("row number %d of the training split", 20));
        training.addAll(source("quite another text that goes on for longer than the first, the %dth of its kind", 20));
        SplitSealer.Seal seal = new SplitSealer(folder.resolve("splits")).seal(new SplitSealer.Source(
                training, source("validation speaks of ships %d times", 6),
                source("sealed sentence about the winter garden number %d", 6)), template, null, 1);
        heldOut = HeldOut.of(seal.splits()).orElseThrow();
        trainingRows = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(seal.splits().train().path()))) {
            trainingRows.add(trex.json.Json.mapper().readValue(line, Example.class));
        }
        return trainingRows;
    }

    private static List<Row> source(String text, int count) {
        return IntStream.range(0, count).mapToObj(i -> new Row("s.tsv", i + 1,
                Map.of("text", text.formatted(i), "answer", i % 2 == 0 ? "yes" : "no"))).toList();
    }

    private LoopbackService service() {
        return Objects.requireNonNull(service, "serve first");
    }

    private void serve(java.util.function.Function<String, String> answer) throws IOException {
        service = new LoopbackService(answer);
    }

    private TrainingRows run(List<Example> rows, DataOperator... operators) throws BrokenData, InterruptedException {
        return run(rows, PLENTY, operators);
    }

    private TrainingRows run(List<Example> rows, long tokens, DataOperator... operators) throws BrokenData, InterruptedException {
        AskedModel plain = service().asked(4, tokens);
        AskedModel kept = new AskedModel(new CachedModel(plain.model(), folder.resolve("answers")), plain.parallel(), plain.tokens());
        return new DataPipeline(new Asking(kept, rows == trainingRows ? List.of("yes", "no") : List.of(), heldOut))
                .run(new DataRecipe(List.of(operators)), rows, 7, Integer.MAX_VALUE);
    }

    private static List<Example> rows(int count) {
        return IntStream.range(0, count).mapToObj(i -> row(i, "text " + i)).toList();
    }

    private static Example row(int line, String prompt) {
        return new Example("a:" + line, null, prompt, "yes");
    }
}
