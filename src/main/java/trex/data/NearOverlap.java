package trex.data;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import trex.data.operator.NearIndex;
import trex.data.operator.Sketch;
import trex.model.RowForm;

/// Finds rows that say nearly the same as one of a set of rows, with the same numbers and, where
/// there is a right answer, the same one: "4 km" is another task than "3 km", however alike the
/// texts are.
final class NearOverlap {
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,]\\d+)*");

    private final double similarity;
    private final List<TextExample> rows;
    private final NearIndex index;

    /// @param similarity shared part of the runs of five characters, above 0, at most 1
    NearOverlap(List<TextExample> rows, double similarity) {
        this.similarity = similarity;
        this.rows = List.copyOf(rows);
        index = new NearIndex(similarity);
        rows.forEach(row -> index.add(Sketch.of(row.text())));
    }

    boolean has(TextExample row) {
        return index.any(Sketch.of(row.text()), i -> same(rows.get(i), row));
    }

    private boolean same(TextExample one, TextExample other) {
        return (one.example().form() != RowForm.ANSWERED || one.example().answer().equals(other.example().answer()))
                && Sketch.similarity(one.text(), other.text()) >= similarity
                && numbers(one.text()).equals(numbers(other.text()));
    }

    private static List<String> numbers(String text) {
        return NUMBER.matcher(text).results().map(MatchResult::group).toList();
    }
}
