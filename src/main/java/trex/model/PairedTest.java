package trex.model;

import java.util.Map;
import java.util.Optional;

/// Whether two models that answered the same examples differ by more than luck. Both see the same
/// easy and hard examples, so that this tells smaller differences from luck than two standard errors
/// of independent samples do.
public sealed interface PairedTest permits PairedComparison, PairedBootstrap {
    /// Probability below which a difference is not taken for luck.
    double LEVEL = 0.05;

    /// The test that fits the metric.
    ///
    /// @param first answers by the examples' ids
    /// @return empty where the two have no example in common
    static Optional<? extends PairedTest> of(Metric metric, Map<String, Answer> first, Map<String, Answer> second) {
        return switch (metric) {
            case MACRO_F1 -> PairedBootstrap.of(first, second);
            case ACCURACY, EXACT_MATCH, PREFERENCE_ACCURACY, LOSS -> PairedComparison.of(first, second);
        };
    }

    /// Examples that both have answered.
    int n();

    /// How much larger the second model's value is.
    double difference();

    /// Of [#difference()].
    double standardError();

    /// How probable a difference at least as large is where neither model is better; two-sided.
    double p();

    /// The test's name for the person, as in "McNemar, exact".
    String method();

    default boolean isWithinNoise() {
        return p() >= LEVEL;
    }
}
