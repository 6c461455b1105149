package trex.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowReaderTest {
    @TempDir Path folder;

    @Test
    void aTabSeparatedLineKeepsItsQuotes() throws Exception {
        List<Row> rows = read("a.tsv", "sentence\tlabel\nsay \"no\t1\n\nyes\t0\n");
        assertThat(rows).containsExactly(
                new Row("a.tsv", 2, Map.of("sentence", "say \"no", "label", "1")),
                new Row("a.tsv", 4, Map.of("sentence", "yes", "label", "0")));
    }

    @Test
    void aQuotedFieldMayHoldLinesAndLaterRowsKnowTheirOwn() throws Exception {
        List<Row> rows = read("a.csv", "text,label\r\n\"one\ntwo, three\",x\r\nfour,y\r\n");
        assertThat(rows).containsExactly(
                new Row("a.csv", 2, Map.of("text", "one\ntwo, three", "label", "x")),
                new Row("a.csv", 4, Map.of("text", "four", "label", "y")));
    }

    @Test
    void jsonValuesBecomeTextAndNullsAreAbsent() throws Exception {
        assertThat(read("a.jsonl", "{\"a\":\"x\",\"b\":3,\"c\":null}\n").getFirst().fields())
                .containsExactly(Map.entry("a", "x"), Map.entry("b", "3"));
        assertThat(read("a.json", "\uFEFF[\n {\"a\":\"x\"},\n {\"a\":\"y\"}\n]"))
                .extracting(Row::id).containsExactly("a.json:2", "a.json:3");
    }

    @Test
    void aBrokenLineIsNamedWithWhatWasExpected() {
        assertBroken("a.tsv", "sentence\tlabel\nfine\t1\nno label\n",
                "a.tsv, line 3: expected 2 fields (sentence, label), found 1");
        assertBroken("a.csv", "a,b\n1,2\n1,2,3\n", "a.csv, line 3: expected 2 fields (a, b), found 3");
        assertBroken("a.csv", "a,b\n1,\"never ends\n", "a.csv, line 2: expected a row of the table");
        assertBroken("a.tsv", "a\ta\n1\t2\n", "a.tsv, line 1: expected a header of different field names");
        assertBroken("a.jsonl", "{\"a\":1}\n{\"a\":\n", "a.jsonl, line 2: expected a JSON object, but");
        assertBroken("a.jsonl", "[1]\n", "a.jsonl, line 1: expected a JSON object, found ARRAY");
        assertBroken("a.json", "{}", "a.json, line 1: expected an array of objects");
        assertBroken("a.json", "[{\"a\":1},\n{\"a\" 2}]", "a.json, line 2: expected an array of objects, but");
        assertBroken("a.json", "[{\"a\":1},\n", "a.json, line");
    }

    @Test
    void anEmptyOrMissingOrForeignFileIsNamed() throws IOException {
        assertBroken("a.tsv", "", "a.tsv is empty: expected a header line");
        assertBroken("a.tsv", "x\ty\n", "a.tsv has no rows");
        assertBroken("a.json", "[]", "a.json has no rows");
        Path latin = Files.write(folder.resolve("latin.csv"), "a,b\nf\u00fcr,1\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> new RowReader().read(latin, "csv"))
                .isInstanceOf(BrokenData.class).hasMessageContaining("latin.csv is no UTF-8 text");
        assertThatThrownBy(() -> new RowReader().read(folder.resolve("gone.tsv"), "tsv"))
                .isInstanceOf(BrokenData.class).hasMessageContaining("gone.tsv is not there");
    }

    private List<Row> read(String name, String text) throws Exception {
        Path file = Files.writeString(folder.resolve(name), text);
        return new RowReader().read(file, name.substring(name.lastIndexOf('.') + 1));
    }

    private void assertBroken(String name, String text, String message) {
        assertThatThrownBy(() -> read(name, text)).isInstanceOf(BrokenData.class).hasMessageContaining(message);
    }

    @Test
    void parquetIsReadAsTheSameRowsInJsonWouldBe() throws Exception {
        List<Row> rows = new RowReader().read(resource("letters.parquet"), "parquet");
        assertThat(rows).hasSize(12).extracting(Row::line).startsWith(1L, 2L).endsWith(12L);
        assertThat(rows.get(7).fields()).containsEntry("text", "letter number 7").containsEntry("label", "1")
                .containsEntry("score", "1.75").containsEntry("tags", "[\"a\",\"t7\"]").containsEntry("meta", "{\"ok\":false,\"n\":7}")
                .containsEntry("messages.prompt", "question 7").containsEntry("messages.answer", "answer 7");
        assertThat(rows.get(3).fields()).doesNotContainKey("kind");
    }

    @Test
    void whatIsNoParquetIsRefusedInOneSentence() throws Exception {
        byte[] whole = Files.readAllBytes(resource("letters.parquet"));
        for (int length : new int[] {0, 3, 500, whole.length - 9}) {
            Path cut = Files.write(folder.resolve("cut.parquet"), java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> new RowReader().read(cut, "parquet")).isInstanceOf(BrokenData.class)
                    .hasMessageContaining("cut.parquet");
        }
        byte[] wrong = whole.clone();
        for (int i = 100; i < 700; i++) {
            wrong[i] ^= (byte) i;
        }
        Path damaged = Files.write(folder.resolve("damaged.parquet"), wrong);
        assertThatThrownBy(() -> new RowReader().read(damaged, "parquet")).isInstanceOf(BrokenData.class)
                .hasMessageContaining("damaged.parquet");
    }

    private static Path resource(String name) throws Exception {
        return Path.of(java.util.Objects.requireNonNull(RowReaderTest.class.getResource(name)).toURI());
    }
}
