package trex.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A first look at a data file, before a mission is stated.
///
/// @param fields in the file's order
/// @param mapping how rows may become examples, or null where nothing suggests itself
/// @param examples the first rows under that mapping
/// @param exactRepeats rows that repeat an earlier one in all fields, upper and lower case and blanks aside
/// @param nearRepeats rows of which at least four fifths stand in an earlier one, exact repeats included
/// @param rowsCompared rows among which repeats were looked for, from the first on
public record DataPreview(
        String file,
        String format,
        int rows,
        List<Field> fields,
        @Nullable Mapping mapping,
        List<Example> examples,
        int exactRepeats,
        int nearRepeats,
        int rowsCompared) {
    private static final int ROWS_PER_CLASS = 5;

    public DataPreview {
        fields = List.copyOf(fields);
        examples = List.copyOf(examples);
    }

    /// The different answers that `{field}` has, as words; none where it is no single field, or has too
    /// many to be classes, or one.
    ///
    /// @param labels replaces values of the file
    public List<String> classes(String answer, Map<String, String> labels) {
        List<String> words = fields.stream().filter(field -> answer.strip().equals("{" + field.name() + "}"))
                .filter(field -> field.values().size() <= rows / ROWS_PER_CLASS)
                .flatMap(field -> field.values().keySet().stream())
                .map(value -> labels.getOrDefault(value, value)).distinct().sorted().toList();
        return words.size() > 1 ? words : List.of();
    }

    /// One field of the rows.
    ///
    /// @param filled rows in which it is there and not blank
    /// @param different number of different values
    /// @param meanCharacters mean length where it is filled
    /// @param example the first value that is filled
    /// @param values how many rows have which value; empty where there are more than [#MOST_VALUES]
    public record Field(
            String name, int filled, int different, double meanCharacters, String example, Map<String, Integer> values) {
        /// More values than these are not listed.
        public static final int MOST_VALUES = 50;

        public Field {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /// A proposed mapping.
    ///
    /// @param reason what suggests it, in a sentence
    public record Mapping(Template template, Metric metric, String reason) {}
}
