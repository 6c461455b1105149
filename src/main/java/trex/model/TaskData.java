package trex.model;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The data of a mission: where its splits come from and how a row becomes an example.
///
/// @param validation rows for the search; null when `cut` takes them from the training rows
/// @param cut how to cut validation rows; null when `validation` is given
/// @param test rows of the sealed split, opened once at the end of a study
public record TaskData(
        List<DataSource> train,
        @Nullable DataSource validation,
        @Nullable ValidationCut cut,
        DataSource test,
        Template template) {
    public TaskData {
        train = List.copyOf(train);
        if (train.isEmpty()) {
            throw new IllegalArgumentException("data: train needs at least one source");
        }
        if ((validation == null) == (cut == null)) {
            throw new IllegalArgumentException("data: give either validation or cut, "
                    + (validation == null ? "neither is there" : "both are there"));
        }
    }

    /// All sources: for training, for validation where it is given, for the test.
    public List<DataSource> sources() {
        return Stream.of(train.stream(), Stream.ofNullable(validation), Stream.of(test)).flatMap(all -> all).toList();
    }
}
