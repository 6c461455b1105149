package trex.model;

import java.util.Map;

/// Facts about the training split.
///
/// @param rows training rows
/// @param duplicateShare share of rows that repeat an earlier one, `0..1`
/// @param nearDuplicateShare share of rows that nearly repeat an earlier one and have its answer, among the first
///     20,000, `0..1`; exact repeats are among them
/// @param meanPromptCharacters mean length of a prompt
/// @param meanAnswerCharacters mean length of an answer
/// @param answers share of each answer where the task is a classification; else empty
/// @param goodShare share of good answers among rated ones; a half where rows are not rated
public record DataProfile(
        int rows,
        double duplicateShare,
        double nearDuplicateShare,
        double meanPromptCharacters,
        double meanAnswerCharacters,
        Map<String, Double> answers,
        double goodShare) {
    public DataProfile {
        answers = Map.copyOf(answers);
    }

    /// Where rows are not rated.
    public DataProfile(int rows, double duplicateShare, double nearDuplicateShare, double meanPromptCharacters,
            double meanAnswerCharacters, Map<String, Double> answers) {
        this(rows, duplicateShare, nearDuplicateShare, meanPromptCharacters, meanAnswerCharacters, answers, 0.5);
    }

    /// Where near repeats were not looked for.
    public DataProfile(int rows, double duplicateShare, double meanPromptCharacters, double meanAnswerCharacters,
            Map<String, Double> answers) {
        this(rows, duplicateShare, 0, meanPromptCharacters, meanAnswerCharacters, answers);
    }

    public boolean isClassification() {
        return !answers.isEmpty();
    }

    /// Share of the rarest answer times the number of answers: 1 is balanced.
    public double balance() {
        return answers.values().stream().mapToDouble(Double::doubleValue).min().orElse(1) * Math.max(1, answers.size());
    }
}
