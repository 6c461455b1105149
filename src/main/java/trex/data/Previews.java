package trex.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trex.data.operator.NearIndex;
import trex.data.operator.Sketch;
import trex.model.DataPreview;
import trex.model.Example;

/// Looks at data files before a mission is stated.
public final class Previews {
    private static final int EXAMPLES = 3;
    private static final int COMPARED = 20_000;
    private static final double NEAR = 0.8;

    private final RowReader reader = new RowReader();

    /// @throws BrokenData for a file that no format reads, or that has a broken line
    public DataPreview of(Path file) throws BrokenData {
        String format = format(file);
        return of(file, format, reader.read(file, format));
    }

    /// @param file where the rows come from
    DataPreview of(Path file, String format, List<Row> rows) throws BrokenData {
        List<DataPreview.Field> fields = fields(rows);
        Optional<DataPreview.Mapping> mapping = new MappingProposal(rows, fields).make();
        List<Example> examples = new ArrayList<>();
        if (mapping.isPresent()) {
            ExampleMaker maker = new ExampleMaker(mapping.get().template());
            for (Row row : rows.subList(0, Math.min(EXAMPLES, rows.size()))) {
                examples.add(maker.make(row).example());
            }
        }
        List<Row> compared = rows.subList(0, Math.min(COMPARED, rows.size()));
        return new DataPreview(file.toString(), format, rows.size(), fields, mapping.orElse(null), examples,
                exactRepeats(compared), nearRepeats(compared), compared.size());
    }

    static String format(Path file) throws BrokenData {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        String ending = name.substring(name.lastIndexOf('.') + 1);
        if (!RowReader.FORMATS.contains(ending)) {
            throw new BrokenData(file + ": its ending names no format that can be read; there are "
                    + String.join(", ", RowReader.FORMATS));
        }
        return ending;
    }

    private static List<DataPreview.Field> fields(List<Row> rows) {
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> names.addAll(row.fields().keySet()));
        return names.stream().map(name -> field(name, rows)).toList();
    }

    private static DataPreview.Field field(String name, List<Row> rows) {
        List<String> values = rows.stream().map(row -> row.fields().getOrDefault(name, "").strip())
                .filter(value -> !value.isEmpty()).toList();
        Map<String, Integer> counts = Counts.of(values);
        return new DataPreview.Field(name, values.size(), counts.size(),
                values.stream().mapToInt(String::length).average().orElse(0), values.isEmpty() ? "" : values.getFirst(),
                counts.size() > DataPreview.Field.MOST_VALUES ? Map.of() : counts);
    }

    private static int exactRepeats(List<Row> rows) {
        Set<String> seen = new HashSet<>();
        return (int) rows.stream().filter(row -> !seen.add(text(row))).count();
    }

    private static int nearRepeats(List<Row> rows) {
        NearIndex index = new NearIndex(NEAR);
        int repeats = 0;
        for (Row row : rows) {
            byte[] signature = Sketch.of(text(row));
            if (index.anyNear(signature)) {
                repeats++;
            } else {
                index.add(signature);
            }
        }
        return repeats;
    }

    private static String text(Row row) {
        return NormalText.of(String.join("\n", row.fields().values()));
    }
}
