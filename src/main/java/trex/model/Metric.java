package trex.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// How an answer is measured. The direction travels with the metric.
public enum Metric {
    /// Share of examples whose right answer has the highest likelihood among the allowed answers.
    ACCURACY(Direction.HIGHER),
    /// Mean over classes of the F1 score of the answer with the highest likelihood.
    MACRO_F1(Direction.HIGHER),
    /// Share of examples whose greedily generated text equals the answer, white space trimmed.
    EXACT_MATCH(Direction.HIGHER);

    private final Direction better;

    Metric(Direction better) {
        this.better = better;
    }

    public Direction better() {
        return better;
    }

    /// Whether the metric compares likelihoods of allowed answers (and so needs a list of them).
    public boolean comparesAnswers() {
        return this != EXACT_MATCH;
    }

    /// The name in files and on screen, for example `exact_match`.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException for an unknown name; the message lists the known ones
    public static Metric of(String id) {
        return Arrays.stream(values())
                .filter(m -> m.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown metric \"" + id + "\"; known are " + Arrays.stream(values())
                                .map(Metric::id)
                                .collect(Collectors.joining(", "))));
    }
}
