package trex.model;

import java.util.List;

/// The Researcher's proposal.
///
/// @param hypothesis what is expected and why, in a sentence
/// @param variants the recipes that test it, one to five; none only for the baseline
/// @param proposedBy the Researcher or the person it came from, as shown on screen
public record Strategy(
        ResearchDirection direction,
        String hypothesis,
        List<Evidence> evidence,
        List<Recipe> variants,
        String proposedBy) {
    /// The paper runs three to five variants; a node never has more than five.
    public static final int MAX_VARIANTS = 5;

    public Strategy {
        evidence = List.copyOf(evidence);
        variants = List.copyOf(variants);
        if (hypothesis.isBlank()) {
            throw new IllegalArgumentException("a strategy needs a hypothesis");
        }
        if (variants.size() > MAX_VARIANTS) {
            throw new IllegalArgumentException("a strategy has at most " + MAX_VARIANTS + " variants, got " + variants.size());
        }
        if (variants.isEmpty() && direction != ResearchDirection.ESTABLISH_BASELINE) {
            throw new IllegalArgumentException("a strategy needs at least one variant: " + hypothesis);
        }
    }

    /// The strategy of the root node: measure the base model, change nothing.
    public static Strategy baseline() {
        return new Strategy(ResearchDirection.ESTABLISH_BASELINE, "What the base model scores untouched.",
                List.of(), List.of(), "TREX");
    }

    public Strategy withVariants(List<Recipe> changed) {
        return new Strategy(direction, hypothesis, evidence, changed, proposedBy);
    }
}
