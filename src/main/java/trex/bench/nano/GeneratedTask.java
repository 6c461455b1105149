package trex.bench.nano;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A small task whose rows a seeded program writes.
interface GeneratedTask {
    /// The task's folder in `ft-bench/`.
    String name();

    /// One row, drawn at random.
    Row row(RandomGenerator random);

    /// What no two rows of the task share, whatever their split.
    default String key(Row row) {
        return row.input();
    }

    /// Rows of the training split.
    default int trainingRows() {
        return 6000;
    }

    /// @param input the text the model is given
    /// @param answer the right completion
    /// @param rejected a worse completion, or null where there is none
    record Row(String input, String answer, @Nullable String rejected) {
        Row(String input, String answer) {
            this(input, answer, null);
        }
    }
}
