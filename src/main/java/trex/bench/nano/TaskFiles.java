package trex.bench.nano;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Writes the three splits of a generated task as TSV files with the columns `input` and `answer`,
/// and `rejected` where rows have a worse answer too. No row's key stands in two splits, nor twice in one.
final class TaskFiles {
    static final int VALIDATION = 400;
    static final int TEST = 600;
    private static final long SEED = 20_260_414;

    private TaskFiles() {}

    static void write(GeneratedTask task, Path folder) throws IOException {
        Files.createDirectories(folder);
        RandomGenerator random = new Random(SEED + task.name().hashCode());
        Set<String> used = new HashSet<>();
        write(folder.resolve("test.tsv"), rows(task, TEST, used, random));
        write(folder.resolve("validation.tsv"), rows(task, VALIDATION, used, random));
        write(folder.resolve("train.tsv"), rows(task, task.trainingRows(), used, random));
    }

    static List<GeneratedTask.Row> rows(GeneratedTask task, int count, Set<String> used, RandomGenerator random) {
        List<GeneratedTask.Row> rows = new ArrayList<>(count);
        while (rows.size() < count) {
            GeneratedTask.Row row = task.row(random);
            if (used.add(task.key(row))) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static void write(Path file, List<GeneratedTask.Row> rows) throws IOException {
        StringBuilder text = new StringBuilder("input\tanswer").append(rows.getFirst().rejected() == null ? "" : "\trejected")
                .append('\n');
        for (GeneratedTask.Row row : rows) {
            text.append(row.input()).append('\t').append(row.answer());
            if (row.rejected() != null) {
                text.append('\t').append(row.rejected());
            }
            text.append('\n');
        }
        Files.writeString(file, text);
    }
}
