package trex.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineDeduplicationTest {
    private static final String LONG = "the acting was superb and the story held me until the very end of this long evening";

    @TempDir Path folder;

    @Test
    void rowsThatRepeatAnEarlierOneAreLeftOutAndTheRestStaysAsItWas() throws Exception {
        Path in = write("in.jsonl", "{\"a\": \"" + LONG + "\", \"b\": 1}\n\n{ \"a\":\"" + LONG.toUpperCase(java.util.Locale.ROOT)
                + "\", \"b\": 1}\n{\"a\": \"" + LONG + " now\", \"b\": 1}\n{\"a\": \"else\"}\n");
        Path out = folder.resolve("out.jsonl");
        assertThat(new LineDeduplication(0.8, 2).copy(in, "jsonl", out, (_, _) -> {})).isEqualTo(new LineDeduplication.Counts(4, 1, 1));
        assertThat(Files.readAllLines(out)).containsExactly(Files.readAllLines(in).getFirst(), "{\"a\": \"else\"}");
        assertThat(new LineDeduplication(0, 1).copy(in, "jsonl", out, (_, _) -> {}).kept()).isEqualTo(3);
    }

    @Test
    void theOrderOfTheFileDecidesWhateverTheThreads() throws Exception {
        List<String> lines = IntStream.range(0, 9000).mapToObj(i -> "row " + i % 4000).toList();
        Path in = write("in.txt", String.join("\n", lines) + "\n");
        Path out = folder.resolve("out.txt");
        assertThat(new LineDeduplication(0, 3).copy(in, "txt", out, (_, _) -> {}).exactRepeats()).isEqualTo(5000);
        assertThat(Files.readAllLines(out)).isEqualTo(lines.subList(0, 4000));
    }

    @Test
    void aHeaderIsNoRow() throws Exception {
        Path in = write("in.tsv", "text\tlabel\na\tb\ntext\tlabel\na\tb\n");
        Path out = folder.resolve("out.tsv");
        assertThat(new LineDeduplication(0, 1).copy(in, "tsv", out, (_, _) -> {}).read()).isEqualTo(3);
        assertThat(Files.readAllLines(out)).containsExactly("text\tlabel", "a\tb", "text\tlabel");
    }

    @Test
    void aBrokenLineIsNamedAndNothingIsWritten() throws Exception {
        Path in = write("in.jsonl", "{\"a\": 1}\n{\"a\": \n");
        Path out = folder.resolve("out.jsonl");
        assertThatThrownBy(() -> new LineDeduplication(0.8, 2).copy(in, "jsonl", out, (_, _) -> {}))
                .isInstanceOf(BrokenData.class).hasMessageContaining("in.jsonl, line 2: expected a JSON object");
        assertThat(out).doesNotExist();
        assertThatThrownBy(() -> new LineDeduplication(0.8, 2).copy(folder.resolve("gone.txt"), "txt", out, (_, _) -> {}))
                .isInstanceOf(BrokenData.class).hasMessageContaining("gone.txt is not there");
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }
}
