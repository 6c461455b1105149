package trex.search;

import trex.model.Budget;
import trex.model.ExperimentTree;

/// What the next round may cost, so that all rounds fit into the seconds that are left for them.
///
/// Later rounds get more: early ones look around on few examples, late ones train the best that
/// was found on many. Round `i` of `R` weighs `0.4 + 2 i / (R - 1)`.
///
/// @param seconds seconds of the next round
/// @param progress share of the rounds that are behind, `0..1`
public record Allowance(double seconds, double progress) {
    private static final double FIRST_WEIGHT = 0.4;
    private static final double RISE = 2;

    /// @param left seconds that all rounds to come may still take together
    public static Allowance next(Budget budget, ExperimentTree tree, double left) {
        int round = Math.min(Rounds.tried(tree), budget.rounds() - 1);
        double weights = 0;
        for (int i = round; i < budget.rounds(); i++) {
            weights += weight(i, budget.rounds());
        }
        return new Allowance(Math.max(0, left) * weight(round, budget.rounds()) / weights, (double) round / budget.rounds());
    }

    /// The part of each of several recipes of one round.
    public Allowance dividedBy(int recipes) {
        return new Allowance(seconds / recipes, progress);
    }

    private static double weight(int round, int rounds) {
        return FIRST_WEIGHT + RISE * round / Math.max(1, rounds - 1);
    }

    /// The last third of the rounds refines what was found instead of looking for more.
    public boolean isLate() {
        return progress >= 2.0 / 3;
    }
}
