package trex.loop;

import java.util.Locale;
import trex.model.Spending;

/// Whether work fits into what is left of the budget. Time for the final test is set aside first, then
/// time for repeats of the best rounds with other seeds.
///
/// @param finalTest seconds set aside for measuring the test split
/// @param repeats seconds set aside for repeats, once the final test has its own
record Ledger(Spending spending, double finalTest, double repeats) {
    private static final String REFUSAL = "does not fit the budget: ";

    /// Seconds that rounds may still take.
    double forRounds() {
        return Math.max(0, spending.leftSeconds() - finalTest - repeats);
    }

    /// Seconds that repeats may still take.
    double forRepeats() {
        return Math.max(0, spending.leftSeconds() - finalTest);
    }

    /// @param seconds a round's expected cost; NaN, where nothing is known yet, fits while anything is left
    boolean fits(double seconds) {
        return Double.isNaN(seconds) ? forRounds() > 0 : seconds <= forRounds();
    }

    /// Why the search ends for want of seconds.
    String exhaustion() {
        return String.format(Locale.ROOT,
                "the %.0f s that are left for rounds, beside %.0f s for repeats and %.0f s for the final test, are too few",
                forRounds(), repeats, finalTest);
    }

    /// Why a round that does not fit is refused.
    String refusal(double seconds) {
        return String.format(Locale.ROOT,
                "%sneeds about %.0f s, %.0f s are left beside %.0f s for repeats and %.0f s for the final test",
                REFUSAL, seconds, forRounds(), repeats, finalTest);
    }

    static boolean isRefusal(String note) {
        return note.startsWith(REFUSAL);
    }
}
