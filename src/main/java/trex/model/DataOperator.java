package trex.model;

/// One typed step of a data recipe. Each is pure and seeded by the recipe; rows in, rows out.
public sealed interface DataOperator {
    /// Keeps at most `count` rows, drawn without replacement.
    record Sample(int count) implements DataOperator {
        public Sample {
            if (count < 1) {
                throw new IllegalArgumentException("sample: count must be at least 1, got " + count);
            }
        }
    }

    /// Removes rows whose normalised prompt and answer equal an earlier row's.
    record Deduplicate() implements DataOperator {}

    /// Removes rows whose prompt has fewer than `minCharacters` or more than `maxCharacters` characters.
    record FilterLength(int minCharacters, int maxCharacters) implements DataOperator {
        public FilterLength {
            if (minCharacters < 0 || maxCharacters < minCharacters) {
                throw new IllegalArgumentException("filter length: need 0 <= min <= max, got "
                        + minCharacters + ".." + maxCharacters);
            }
        }
    }

    /// Removes the given share of the rows, those with the shortest prompts: short rows are often
    /// fragments that teach little about whole ones.
    record DropShortest(double share) implements DataOperator {
        public DropShortest {
            if (!(share >= 0 && share <= 0.99)) {
                throw new IllegalArgumentException("drop shortest: share must be 0..0.99, got " + share);
            }
        }
    }

    /// Draws rows so that every answer is equally frequent, at the size of the rarest.
    record BalanceAnswers() implements DataOperator {}

    /// Orders rows from short to long prompts instead of at random.
    record ShortFirst() implements DataOperator {}
}
