package trex.training;

import java.util.List;
import java.util.Optional;
import trex.lm.LanguageModel;
import trex.lm.LowerOutputs;
import trex.model.Recipe;

/// Whether a training computes the outputs of its frozen lower layers once, before its first step,
/// and not in every step again: where it passes over its examples more than once, nothing is added
/// to their embeddings, and the outputs fit.
public final class LowerLayers {
    /// More would be felt beside what is estimated for the rest.
    private static final long MOST_BYTES = 512L << 20;

    private LowerLayers() {}

    /// @param rowBytes of one token's output, see [LanguageModel#lowerRowBytes()]
    /// @param room bytes that may be spent on them
    public static Optional<LowerOutputs> of(Recipe recipe, Objective objective, long rowBytes, long room) {
        boolean pays = recipe.method().frozenLayers() > 0
                && recipe.optimization().epochs() > 1
                && recipe.optimization().noise() == 0;
        List<List<LabelledExample>> units = objective.sequences().stream().map(List::of).toList();
        return pays
                ? LowerOutputs.of(
                        Parts.of(units, Integer.MAX_VALUE).stream()
                                .map(part -> Packing.of(part.stream().flatMap(List::stream).toList(), 0))
                                .iterator(),
                        Math.min(MOST_BYTES, room) / rowBytes)
                : Optional.empty();
    }

    /// What is done, in words.
    static String told(LowerOutputs outputs, LanguageModel model) {
        return "Runs the frozen layers once for all steps: %,d tokens, %d MiB".formatted(
                outputs.size(), (outputs.size() * model.lowerRowBytes() >> 20) + 1);
    }
}
