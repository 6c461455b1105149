package trex.loop;

import java.util.Locale;
import trex.model.Spending;

/// Whether work fits into what is left of the budget. Time for the final test is set aside first.
///
/// @param finalTest seconds set aside for measuring the test split
record Ledger(Spending spending, double finalTest) {
    private static final String REFUSAL = "does not fit the budget: ";

    /// Seconds that the search may still use.
    double available() {
        return spending.leftSeconds() - finalTest;
    }

    /// @param seconds expected cost; NaN, where nothing is known yet, fits while anything is left
    boolean fits(double seconds) {
        return Double.isNaN(seconds) ? available() > 0 : seconds <= available();
    }

    /// Why a round that does not fit is refused.
    String refusal(double seconds) {
        return String.format(Locale.ROOT, "%sneeds about %.0f s, %.0f s are left beside the %.0f s for the final test",
                REFUSAL, seconds, Math.max(0, available()), finalTest);
    }

    static boolean isRefusal(String note) {
        return note.startsWith(REFUSAL);
    }
}
