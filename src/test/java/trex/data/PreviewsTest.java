package trex.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.model.DataPreview;
import trex.model.DataPreview.Mapping;
import trex.model.Example;
import trex.model.Metric;
import trex.model.RowForm;
import trex.model.Template;

class PreviewsTest {
    @TempDir Path folder;

    @Test
    void aClassificationIsToldByItsNamesAndItsClassesAreListed() throws Exception {
        Mapping mapping = mapping("reviews.tsv", "sentence\tlabel\n" + rows(30, i -> "film number " + i + "\t" + (i % 3 == 0 ? "bad" : "good")));
        assertThat(mapping.metric()).isEqualTo(Metric.ACCURACY);
        assertThat(mapping.template().answers()).containsExactly("bad", "good");
        assertThat(mapping.template().prompt()).isEqualTo("{sentence}\n\nAnswer with one of: bad, good.");
        assertThat(mapping.template().answer()).isEqualTo("{label}");
    }

    @Test
    void unevenClassesWantAMeasureThatCountsEachAlike() throws Exception {
        assertThat(mapping("a.tsv", "text\tlabel\n" + rows(40, i -> "text " + i + "\t" + (i % 10 == 0 ? "rare" : "usual"))).metric())
                .isEqualTo(Metric.MACRO_F1);
    }

    @Test
    void unknownNamesAreReadByWhatTheFieldsHold() throws Exception {
        Mapping mapping = mapping("own.csv", "no,betreff,art\n" + rows(40, i -> i + ",the matter of letter " + i + "," + (i % 2 == 0 ? "x" : "y")));
        assertThat(mapping.template().prompt()).startsWith("{betreff}");
        assertThat(mapping.template().answer()).isEqualTo("{art}");
        assertThat(mapping.reason()).contains("art has only 2 different values");
    }

    @Test
    void instructionsKeepTheirInputs() throws Exception {
        Mapping mapping = mapping("alpaca.json", "[" + IntStream.range(0, 9).mapToObj(i -> "{\"instruction\": \"say it\", \"input\": \"w" + i
                + "\", \"output\": \"it is w" + i + "\"}").collect(Collectors.joining(",\n")) + "]");
        assertThat(mapping.template().prompt()).isEqualTo("instruction: {instruction}\ninput: {input}");
        assertThat(mapping.metric()).isEqualTo(Metric.EXACT_MATCH);
    }

    @Test
    void conversationsAreReadTurnByTurn() throws Exception {
        DataPreview preview = preview("chat.jsonl", rows(6, i -> "{\"messages\": [{\"role\": \"system\", \"content\": \"Be brief.\"}, "
                + "{\"role\": \"user\", \"content\": \"question " + i + "\"}, {\"role\": \"assistant\", \"content\": \"answer " + i + "\"}]}"));
        Mapping mapping = Objects.requireNonNull(preview.mapping());
        assertThat(mapping.template().prompt()).isEqualTo("{messages.prompt}");
        assertThat(mapping.template().system()).isEqualTo("Be brief.");
        assertThat(preview.examples().getFirst().answer()).isEqualTo("answer 0");
    }

    @Test
    void repeatsAreCounted() throws Exception {
        String text = "a letter that is long enough to be nearly another one when a single word of it is changed";
        DataPreview preview = preview("t.txt", text + "\n" + text.toUpperCase(java.util.Locale.ROOT) + "\n" + text + " now\nnothing like it\n");
        assertThat(preview.exactRepeats()).isEqualTo(1);
        assertThat(preview.nearRepeats()).isEqualTo(2);
        assertThat(Objects.requireNonNull(preview.mapping()).metric()).isEqualTo(Metric.LOSS);
        assertThat(preview.examples().getFirst().form()).isEqualTo(RowForm.TEXT);
    }

    @Test
    void pairsAreToldByTheirNames() throws Exception {
        DataPreview preview = preview("pairs.jsonl", rows(4, i -> "{\"prompt\": \"p" + i + "\", \"chosen\": \"good " + i
                + "\", \"rejected\": \"bad " + i + "\"}"));
        Mapping mapping = Objects.requireNonNull(preview.mapping());
        assertThat(mapping.template()).isEqualTo(
                new Template(null, "{prompt}", "{chosen}", Map.of(), List.of(), true, "{rejected}", null));
        assertThat(mapping.metric()).isEqualTo(Metric.PREFERENCE_ACCURACY);
        assertThat(preview.examples().getFirst().rejected()).isEqualTo("bad 0");
    }

    @Test
    void pairsOfConversationsShareTheirQuestions() throws Exception {
        String turns = "[{\"role\": \"user\", \"content\": \"q%1$d\"}, {\"role\": \"assistant\", \"content\": \"%2$s%1$d\"}]";
        DataPreview preview = preview("pairs.jsonl", rows(4, i -> "{\"chosen\": " + turns.formatted(i, "good")
                + ", \"rejected\": " + turns.formatted(i, "bad") + "}"));
        assertThat(preview.examples().getFirst()).isEqualTo(
                new Example("pairs.jsonl:1", null, "q0", "good0", "bad0", null));
    }

    @Test
    void pairsOfAnswersAloneTakeTheirQuestionFromThePrompt() throws Exception {
        DataPreview preview = preview("pairs.jsonl", rows(4, i -> """
                {"prompt": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "q%1$d"}],\
                 "chosen": [{"role": "assistant", "content": "good%1$d"}],\
                 "rejected": [{"role": "assistant", "content": "bad%1$d"}]}""".formatted(i)));
        assertThat(preview.examples().getFirst()).isEqualTo(
                new Example("pairs.jsonl:1", "Be brief.", "q0", "good0", "bad0", null));
    }

    @Test
    void ratedAnswersAreToldByATruth() throws Exception {
        DataPreview preview = preview("rated.jsonl", rows(4, i -> "{\"prompt\": \"p" + i + "\", \"completion\": \"c" + i
                + "\", \"label\": " + (i % 2 == 0) + "}"));
        assertThat(preview.examples()).extracting(Example::good).containsExactly(true, false, true);
        assertThat(Objects.requireNonNull(preview.mapping()).metric()).isEqualTo(Metric.PREFERENCE_ACCURACY);
    }

    @Test
    void whatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> preview("x.xls", "1")).isInstanceOf(BrokenData.class)
                .hasMessageContaining("x.xls: its ending names no format that can be read; there are tsv, csv, jsonl, json");
        assertThatThrownBy(() -> preview("x.tsv", "a\tb\n1\n")).isInstanceOf(BrokenData.class).hasMessageContaining("x.tsv, line 2");
    }

    private Mapping mapping(String name, String text) throws Exception {
        return Objects.requireNonNull(preview(name, text).mapping());
    }

    private DataPreview preview(String name, String text) throws IOException, BrokenData {
        return new Previews().of(Files.writeString(folder.resolve(name), text));
    }

    private static String rows(int count, java.util.function.IntFunction<String> row) {
        return IntStream.range(0, count).mapToObj(row).collect(Collectors.joining("\n")) + "\n";
    }
}
