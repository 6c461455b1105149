package trex.bench.nano;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeneratedTaskTest {
    private static final List<String> SPLITS = List.of("train.tsv", "validation.tsv", "test.tsv");

    static List<GeneratedTask> tasks() {
        return List.of(new DatesTask(), new UnitsTask(), new MoodTask(), new KindTask());
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void noInputStandsInTwoSplits(GeneratedTask task, @TempDir Path folder) throws IOException {
        TaskFiles.write(task, folder);
        Set<String> seen = new HashSet<>();
        int rows = 0;
        for (String split : SPLITS) {
            List<String> lines = Files.readAllLines(folder.resolve(split));
            lines.stream().skip(1).map(line -> line.split("\t")[0]).forEach(seen::add);
            rows += lines.size() - 1;
        }
        assertThat(seen).hasSize(rows);
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void theFilesInTheRepositoryAreWhatTheProgramWrites(GeneratedTask task, @TempDir Path folder) throws IOException {
        TaskFiles.write(task, folder);
        for (String split : SPLITS) {
            assertThat(folder.resolve(split)).hasSameTextualContentAs(Path.of("ft-bench", task.name(), split));
        }
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void theBaseModelsTextNeverHoldsAnAnsweredQuestion(GeneratedTask task) {
        Random random = new Random(1);
        String corpus = java.util.stream.IntStream.range(0, 20_000)
                .mapToObj(i -> NanoCorpus.paragraph(random))
                .collect(Collectors.joining("\n"));
        for (int i = 0; i < 2_000; i++) {
            GeneratedTask.Row row = task.row(random);
            assertThat(corpus).doesNotContain(row.input() + " " + row.answer());
        }
        assertThat(corpus).doesNotContainPattern("\\d{4}-\\d\\d-\\d\\d");
    }
}
