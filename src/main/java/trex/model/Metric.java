package trex.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// How an answer is measured. The direction travels with the metric.
public enum Metric {
    /// Share of examples whose right answer has the highest likelihood among the allowed answers.
    ACCURACY(Direction.HIGHER),
    /// Mean over classes of the F1 score of the answer with the highest likelihood.
    MACRO_F1(Direction.HIGHER),
    /// Share of examples whose greedily generated text equals the answer, white space trimmed.
    EXACT_MATCH(Direction.HIGHER),
    /// Of compared answers: the share of pairs in which the chosen answer is likelier than the
    /// rejected one, by the mean log-likelihood of a token. Of rated answers: as many as are good,
    /// those of the highest mean, are taken for good; the share that is taken for what it is.
    PREFERENCE_ACCURACY(Direction.HIGHER),
    /// Mean negative log-likelihood of a token of the answers, in nats. Perplexity is its
    /// exponential.
    LOSS(Direction.LOWER);

    private final Direction better;

    Metric(Direction better) {
        this.better = better;
    }

    public Direction better() {
        return better;
    }

    /// Whether the metric compares likelihoods of allowed answers (and so needs a list of them).
    public boolean comparesAnswers() {
        return this == ACCURACY || this == MACRO_F1;
    }

    /// Whether it can be taken of rows that tell this.
    public boolean fits(RowForm form) {
        return switch (this) {
            case ACCURACY, MACRO_F1, EXACT_MATCH -> form == RowForm.ANSWERED || form == RowForm.COMPARED;
            case PREFERENCE_ACCURACY -> form == RowForm.COMPARED || form == RowForm.RATED;
            case LOSS -> form != RowForm.RATED;
        };
    }

    /// The name in files and on screen, for example `exact_match`.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Those that can be taken of rows that a template makes, the usual one first.
    public static List<Metric> of(Template template) {
        List<Metric> all = template.answers().isEmpty()
                ? List.of(PREFERENCE_ACCURACY, EXACT_MATCH, LOSS)
                : List.of(ACCURACY, MACRO_F1, EXACT_MATCH, LOSS);
        return all.stream().filter(m -> m.fits(template.form())).toList();
    }

    /// Those that can be taken of rows that tell this.
    static List<Metric> of(RowForm form) {
        return Arrays.stream(values()).filter(m -> m.fits(form)).toList();
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
