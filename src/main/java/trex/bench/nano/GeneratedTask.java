package trex.bench.nano;

import java.util.random.RandomGenerator;

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

    /// @param input the text the model is given
    /// @param answer the right completion
    record Row(String input, String answer) {}
}
