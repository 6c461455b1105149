package trex.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.data.operator.Operators;
import trex.json.Json;
import trex.model.DataOperator;
import trex.model.Example;
import trex.model.RowForm;
import trex.model.Template;
import trex.model.ValidationCut;

class RowFormsTest {
    private static final Template PAIRS = new Template(null, "{q}", "{a}", Map.of(), List.of(), true, "{b}", null);
    private static final Template RATED = new Template(null, "{q}", "{a}", Map.of(), List.of(), true, null, "{b}");
    private static final Template PLAIN = new Template(null, "", "{q}", Map.of(), List.of(), false);

    @TempDir
    Path folder;

    @Test
    void sealedRowsOfEveryFormAreReadBackAsTheyWere() throws Exception {
        for (Template template : List.of(PAIRS, RATED, PLAIN)) {
            SplitSealer.Source source = new SplitSealer.Source(rows("train", 0, 40), null, rows("test", 100, 10));
            var splits = new SplitSealer(folder.resolve(template.form().name()))
                    .seal(source, template, new ValidationCut(8, false), 1).splits();
            List<Example> train = SplitFile.read(splits.train());
            assertThat(train).hasSize(32).allMatch(row -> row.form() == template.form());
            assertThat(splits.validation().rows()).isEqualTo(8);
        }
    }

    @Test
    void rowsWithAnAnswerOnlyAreWrittenAsTheyAlwaysWere() throws Exception {
        Example row = new Example("t:1", null, "p", "a");
        String json = Json.mapper().writeValueAsString(row);
        assertThat(json).isEqualTo("{\"id\":\"t:1\",\"system\":null,\"prompt\":\"p\",\"answer\":\"a\"}");
        assertThat(Json.mapper().readValue(json, Example.class)).isEqualTo(row);
        Template old = new Template(null, "{p}", "{a}", Map.of(), List.of(), true);
        assertThat(Json.mapper().writeValueAsString(old)).doesNotContain("rejected", "rating");
        assertThat(Json.mapper().readValue(Json.mapper().writeValueAsString(old), Template.class)).isEqualTo(old);
    }

    @Test
    void plainTextOfTheTestSplitDoesNotStandInTraining() throws Exception {
        String leaked = text(100);
        List<Row> train = new ArrayList<>(rows("train", 0, 20));
        train.add(new Row("train", 99, Map.of("q", "before it. " + leaked + " And behind it.")));
        train.add(new Row("train", 98, Map.of("q", leaked.replace("matter", "Matter") + "!")));
        var splits = new SplitSealer(folder).seal(new SplitSealer.Source(train, null, rows("test", 100, 3)), PLAIN,
                new ValidationCut(4, false), 1).splits();
        assertThat(splits.removedFromTrain()).isEqualTo(2);
    }

    @Test
    void aRatingThatIsNoTruthIsNamedWithItsLine() {
        Row row = new Row("r.jsonl", 7, Map.of("q", "p", "a", "x", "b", "4 stars"));
        assertThatThrownBy(() -> new ExampleMaker(RATED).make(row)).isInstanceOf(BrokenData.class)
                .hasMessageContaining("line 7").hasMessageContaining("\"4 stars\"");
    }

    @Test
    void twoAnswersThatAreOneAreRefused() {
        Row row = new Row("r.jsonl", 7, Map.of("q", "p", "a", "x", "b", " x"));
        assertThatThrownBy(() -> new ExampleMaker(PAIRS).make(row)).isInstanceOf(BrokenData.class)
                .hasMessageContaining("the chosen and the rejected answer are the same: \"x\"");
    }

    @Test
    void answersThatAreAllGoodTeachNothing() {
        List<Row> good = rows("train", 0, 30).stream().map(r -> new Row(r.file(), r.line(), Map.of("q", field(r), "a", "x", "b", "yes"))).toList();
        assertThatThrownBy(() -> new SplitSealer(folder).seal(new SplitSealer.Source(good, null, rows("test", 100, 9)), RATED,
                new ValidationCut(4, false), 1)).isInstanceOf(BrokenData.class)
                .hasMessageContaining("every training row is rated good");
    }

    @Test
    void operatorsSeeWhatARowTeaches() throws Exception {
        List<Example> rated = List.of(new Example("t:1", null, "p", "a", null, true), new Example("t:2", null, "p", "a", null, false),
                new Example("t:3", null, "p", "a", null, false));
        assertThat(new Operators(1).apply(new DataOperator.Deduplicate(), rated)).hasSize(2);
        List<Example> plain = List.of(new Example("t:1", null, "", text(1)), new Example("t:2", null, "", text(2)));
        assertThat(new Operators(1).apply(new DataOperator.AugmentWords(1, 0.3), plain))
                .hasSize(4).allMatch(row -> row.form() == RowForm.TEXT && !row.answer().isBlank());
    }

    @Test
    void textsWithEmptyLinesBetweenThemKeepTheirOwnLines() throws Exception {
        Path file = Files.writeString(folder.resolve("book.text"), "\nOne line,\nand another.\n \n\nA second text.");
        assertThat(new RowReader().read(file, "text")).containsExactly(
                new Row("book.text", 2, Map.of("text", "One line,\nand another.")),
                new Row("book.text", 6, Map.of("text", "A second text.")));
    }

    private static String field(Row row) {
        return row.fields().getOrDefault("q", "");
    }

    private static List<Row> rows(String file, int from, int count) {
        List<Row> rows = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            rows.add(new Row(file, i, Map.of("q", text(i), "a", "answer " + i, "b", i % 2 == 0 ? "true" : "false")));
        }
        return rows;
    }

    private static String text(int i) {
        return "the matter of number " + i + " is " + Integer.toString(i * 7919 + 13, 36).repeat(6);
    }
}
