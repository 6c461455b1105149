package trex.model;

/// The ledger's sums. What money there is follows from the seconds: see [Budget#price(double)].
///
/// @param spentSeconds settled computing seconds
/// @param reservedSeconds reserved for runs in flight
/// @param budgetSeconds the limit
/// @param spentTokens settled tokens, of trainings and of language models that were asked
/// @param reservedTokens reserved for runs in flight
/// @param budgetTokens the limit; 0 for none
/// @param disk what the runs take of it
public record Spending(double spentSeconds, double reservedSeconds, double budgetSeconds, long spentTokens,
        double reservedTokens, long budgetTokens, DiskUse disk) {
    /// Without a limit of tokens or disk.
    public Spending(double spentSeconds, double reservedSeconds, double budgetSeconds) {
        this(spentSeconds, reservedSeconds, budgetSeconds, 0, 0, 0, DiskUse.NONE);
    }

    public double leftSeconds() {
        return Math.max(0, budgetSeconds - spentSeconds - reservedSeconds);
    }

    /// Infinite without a limit.
    public double leftTokens() {
        return budgetTokens == 0 ? Double.POSITIVE_INFINITY : Math.max(0, budgetTokens - spentTokens - reservedTokens);
    }

    /// The same with so much reserved, and nothing else.
    public Spending reserving(double seconds, double tokens, double bytes) {
        return new Spending(spentSeconds, seconds, budgetSeconds, spentTokens, tokens, budgetTokens, disk.reserving(bytes));
    }

    /// The same with nothing reserved.
    public Spending settled() {
        return reserving(0, 0, 0);
    }
}
