package trex.loop;

import java.util.Locale;
import trex.model.Spending;

/// Whether work fits into what is left of the budget. Time for the final test is set aside first, then
/// time and tokens for repeats of the best rounds with other seeds.
///
/// @param finalTest seconds set aside for measuring the test split
/// @param repeats share of the budget set aside for repeats, once the final test has its own
record Ledger(Spending spending, double finalTest, double repeats) {
    private static final String REFUSAL = "does not fit the budget: ";

    /// What rounds may still take.
    Cost forRounds() {
        return new Cost(Math.max(0, spending.leftSeconds() - finalTest - repeatSeconds()),
                spending.budgetTokens() == 0
                        ? Double.POSITIVE_INFINITY
                        : Math.max(0, spending.leftTokens() - repeats * spending.budgetTokens()));
    }

    /// What repeats may still take.
    Cost forRepeats() {
        return new Cost(Math.max(0, spending.leftSeconds() - finalTest), spending.leftTokens());
    }

    private double repeatSeconds() {
        return repeats * spending.budgetSeconds();
    }

    /// @param cost expected of a round; what is not known yet fits while anything is left
    boolean fits(Cost cost) {
        return fits(cost.seconds(), forRounds().seconds()) && fits(cost.tokens(), forRounds().tokens());
    }

    /// @param cost expected of a repeat
    boolean fitsRepeats(Cost cost) {
        return fits(cost.seconds(), forRepeats().seconds()) && fits(cost.tokens(), forRepeats().tokens());
    }

    private static boolean fits(double expected, double left) {
        return Double.isNaN(expected) ? left > 0 : expected <= left;
    }

    /// Why the search ends for want of seconds or tokens.
    ///
    /// @param cheapest what the cheapest round took
    String exhaustion(Cost cheapest) {
        return fits(cheapest.seconds(), forRounds().seconds())
                ? String.format(Locale.ROOT, "the %.0f tokens that are left for rounds are too few", forRounds().tokens())
                : String.format(Locale.ROOT,
                        "the %.0f s that are left for rounds, beside %.0f s for repeats and %.0f s for the final test, are too few",
                        forRounds().seconds(), repeatSeconds(), finalTest);
    }

    /// Why a round that does not fit is refused.
    String refusal(Cost cost) {
        return REFUSAL + (fits(cost.seconds(), forRounds().seconds())
                ? String.format(Locale.ROOT, "needs about %.0f tokens, %.0f are left for rounds", cost.tokens(), forRounds().tokens())
                : String.format(Locale.ROOT,
                        "needs about %.0f s, %.0f s are left beside %.0f s for repeats and %.0f s for the final test",
                        cost.seconds(), forRounds().seconds(), repeatSeconds(), finalTest));
    }

    static boolean isRefusal(String note) {
        return note.startsWith(REFUSAL);
    }
}
