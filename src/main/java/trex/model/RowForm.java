package trex.model;

/// What the rows of a data set tell.
public enum RowForm {
    /// The right answer to a prompt.
    ANSWERED("an answer each"),
    /// A better and a worse answer to a prompt.
    COMPARED("a chosen and a rejected answer each"),
    /// An answer to a prompt, and whether it is a good one.
    RATED("an answer each that is rated good or bad"),
    /// Text that is no answer to anything.
    TEXT("plain text");

    private final String words;

    RowForm(String words) {
        this.words = words;
    }

    /// @param compared whether there is a rejected answer
    /// @param rated whether the answer is rated
    static RowForm of(String prompt, boolean compared, boolean rated) {
        if (compared) {
            return COMPARED;
        }
        return rated ? RATED : prompt.isBlank() ? TEXT : ANSWERED;
    }

    /// What a row has, for a sentence.
    String words() {
        return words;
    }
}
