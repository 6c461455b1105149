package trex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.cli.DataDesk;
import trex.fetch.Places;
import trex.json.Json;
import trex.loop.Studies;
import trex.model.Example;

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
    void onlyFilesOfOneRowALineAreCopiedAsAStream() throws Exception {
        Path in = Files.writeString(folder.resolve("in.txt"), "a\nb\na\n");
        assertThat(desk().deduplicate(in, folder.resolve("out.txt"), 0)).isEqualTo(new DataDesk.Removed(3, 1, 0));
        assertThatThrownBy(() -> desk().deduplicate(folder.resolve("in.csv"), folder.resolve("out.csv"), 0))
                .isInstanceOf(Studies.Refused.class).hasMessageContaining("jsonl, tsv, txt");
        assertThatThrownBy(() -> desk().deduplicate(in, folder.resolve("new.txt"), 7))
                .isInstanceOf(Studies.Refused.class).hasMessageContaining("similarity must be 0..1, got 7.0");
    }

    private DataDesk desk() {
        return new LocalData(Places.of(folder, ROOT, Map.of()));
    }
}
