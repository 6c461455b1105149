package trex.model;

import java.util.List;
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
    public DataPreview {
        fields = List.copyOf(fields);
        examples = List.copyOf(examples);
    }

    /// One field of the rows.
    ///
    /// @param filled rows in which it is there and not blank
    /// @param different number of different values
    /// @param meanCharacters mean length where it is filled
    /// @param example the first value that is filled
    public record Field(String name, int filled, int different, double meanCharacters, String example) {}

    /// A proposed mapping.
    ///
    /// @param reason what suggests it, in a sentence
    public record Mapping(Template template, Metric metric, String reason) {}
}
