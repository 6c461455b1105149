package trex.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns a row's fields into a prompt and an answer.
///
/// @param system the chat's system message, or null for the model's own default
/// @param prompt text with `{field}` placeholders
/// @param answer text with `{field}` placeholders, the right completion
/// @param labels replaces an answer as it stands in the file by the word that the model shall say
/// @param answers the allowed answers of a classification; empty for free text
/// @param chat whether the prompt is a user turn rendered by the model's chat template
public record Template(
        @Nullable String system,
        String prompt,
        String answer,
        Map<String, String> labels,
        List<String> answers,
        boolean chat) {
    public Template {
        labels = Map.copyOf(labels);
        answers = List.copyOf(answers);
        if (prompt.isBlank()) {
            throw new IllegalArgumentException("template: prompt is empty");
        }
        if (answer.isBlank()) {
            throw new IllegalArgumentException("template: answer is empty");
        }
        if (answers.size() == 1) {
            throw new IllegalArgumentException("template: a single allowed answer leaves nothing to learn: " + answers);
        }
    }
}
