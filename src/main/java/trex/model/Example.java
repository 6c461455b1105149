package trex.model;

import org.jspecify.annotations.Nullable;

/// One row of a split after the template.
///
/// @param id names the source line, for example `train.tsv:17`
/// @param system the chat's system message, or null
/// @param prompt what the model is given; empty where the row is plain text
/// @param answer the right completion, the better one of two, or the one that is rated
/// @param rejected the worse completion, or null where there are no two
/// @param good whether the answer is a good one, or null where it is not rated
public record Example(String id, @Nullable String system, String prompt, String answer, @Nullable String rejected,
        @Nullable Boolean good) {
    /// A prompt with the right answer.
    public Example(String id, @Nullable String system, String prompt, String answer) {
        this(id, system, prompt, answer, null, null);
    }

    /// What it tells.
    public RowForm form() {
        return RowForm.of(prompt, rejected != null, good != null);
    }

    /// What tells it from other rows, whatever is learnt about it: its prompt, or the plain text.
    public String text() {
        return form() == RowForm.TEXT ? answer : prompt;
    }

    public Example withText(String changed) {
        return form() == RowForm.TEXT
                ? new Example(id, system, prompt, changed)
                : new Example(id, system, changed, answer, rejected, good);
    }

    public Example withId(String changed) {
        return new Example(changed, system, prompt, answer, rejected, good);
    }
}
