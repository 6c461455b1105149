package trex.loop;

import java.util.Locale;
import trex.model.ByteCount;
import trex.model.Spending;

/// Whether work fits into what is left of the budget. Time for the final test is set aside first, then
/// time, tokens and disk for repeats of the best rounds with other seeds.
///
/// @param finalTest seconds set aside for measuring the test split
/// @param repeats share of the budget set aside for repeats, once the final test has its own
record Ledger(Spending spending, double finalTest, double repeats) {
    private static final String REFUSAL = "does not fit the budget: ";

    /// What rounds may still take.
    Cost forRounds() {
        return new Cost(Math.max(0, forRepeats().seconds() - repeatSeconds()),
                Math.max(0, forRepeats().tokens() - repeats * spending.budgetTokens()),
                Math.max(0, forRepeats().disk() - repeats * spending.disk().budget()));
    }

    /// What repeats may still take.
    Cost forRepeats() {
        return new Cost(
                Math.max(0, spending.leftSeconds() - finalTest), spending.leftTokens(), spending.disk().left());
    }

    private double repeatSeconds() {
        return repeats * spending.budgetSeconds();
    }

    /// @param cost expected of a round; what is not known yet fits while anything is left
    boolean fits(Cost cost) {
        return fits(cost, forRounds());
    }

    /// @param cost expected of a repeat
    boolean fitsRepeats(Cost cost) {
        return fits(cost, forRepeats());
    }

    private static boolean fits(Cost expected, Cost left) {
        return fits(expected.seconds(), left.seconds()) && fits(expected.tokens(), left.tokens())
                && fits(expected.disk(), left.disk());
    }

    private static boolean fits(double expected, double left) {
        return Double.isNaN(expected) ? left > 0 : expected <= left;
    }

    /// Why the search ends for want of seconds, tokens or disk.
    ///
    /// @param cheapest what the cheapest round took
    String exhaustion(Cost cheapest) {
        Cost left = forRounds();
        if (!fits(cheapest.seconds(), left.seconds())) {
            return String.format(Locale.ROOT,
                    "the %.0f s that are left for rounds, beside %.0f s for repeats and %.0f s for the final test, are too few",
                    left.seconds(), repeatSeconds(), finalTest);
        }
        return fits(cheapest.disk(), left.disk()) && left.disk() > 0
                ? String.format(Locale.ROOT, "the %.0f tokens that are left for rounds are too few", left.tokens())
                : "the " + ByteCount.of(left.disk()) + " of disk that are left for rounds are too few";
    }

    /// Why a round that does not fit is refused.
    String refusal(Cost cost) {
        Cost left = forRounds();
        if (!fits(cost.seconds(), left.seconds())) {
            return REFUSAL + String.format(Locale.ROOT,
                    "needs about %.0f s, %.0f s are left beside %.0f s for repeats and %.0f s for the final test",
                    cost.seconds(), left.seconds(), repeatSeconds(), finalTest);
        }
        return REFUSAL + (fits(cost.tokens(), left.tokens())
                ? "needs about " + ByteCount.of(cost.disk()) + " of disk, " + ByteCount.of(left.disk()) + " are left for rounds"
                : String.format(Locale.ROOT,
                        "needs about %.0f tokens, %.0f are left for rounds", cost.tokens(), left.tokens()));
    }

    static boolean isRefusal(String note) {
        return note.startsWith(REFUSAL);
    }
}
