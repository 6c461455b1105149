package trex.model;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Turns a row's fields into a prompt and what is to be learnt about it.
///
/// @param system the chat's system message, or null for the model's own default
/// @param prompt text with `{field}` placeholders; empty where rows are plain text
/// @param answer text with `{field}` placeholders, the right completion, or all of a plain text
/// @param labels replaces an answer as it stands in the file by the word that the model shall say
/// @param answers the allowed answers of a classification; empty for free text
/// @param chat whether the prompt is a user turn rendered by the model's chat template
/// @param rejected text with `{field}` placeholders, a completion that is worse than the answer;
///     null where there is none
/// @param rating text with a `{field}` placeholder that becomes `true` or `false`: whether the
///     answer is a good one; null where answers are not rated
public record Template(
        @Nullable String system,
        String prompt,
        String answer,
        Map<String, String> labels,
        List<String> answers,
        boolean chat,
        @Nullable String rejected,
        @Nullable String rating) {
    /// A `{field}`; its group is the field's name.
    public static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]+)}");

    public Template {
        labels = Map.copyOf(labels);
        answers = List.copyOf(answers);
        if (rejected != null && rating != null) {
            throw new IllegalArgumentException("template: give either rejected or rating, both are there");
        }
        boolean bare = system == null && labels.isEmpty() && answers.isEmpty() && rejected == null && rating == null;
        if (prompt.isBlank() && (chat || !bare)) {
            throw new IllegalArgumentException("template: prompt is empty; rows of plain text have none, but then "
                    + "chat must be false, and system, labels, answers, rejected and rating be left out");
        }
        if (answer.isBlank()) {
            throw new IllegalArgumentException("template: answer is empty");
        }
        if (answers.size() == 1) {
            throw new IllegalArgumentException("template: a single allowed answer leaves nothing to learn: " + answers);
        }
    }

    /// A prompt with the right answer.
    public Template(@Nullable String system, String prompt, String answer, Map<String, String> labels,
            List<String> answers, boolean chat) {
        this(system, prompt, answer, labels, answers, chat, null, null);
    }

    /// What its rows tell.
    public RowForm form() {
        return RowForm.of(prompt, rejected != null, rating != null);
    }
}
