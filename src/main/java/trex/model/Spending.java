package trex.model;

/// The ledger's sums.
///
/// @param spentSeconds settled computing seconds
/// @param reservedSeconds reserved for runs in flight
/// @param budgetSeconds the limit
public record Spending(double spentSeconds, double reservedSeconds, double budgetSeconds) {
    public double leftSeconds() {
        return Math.max(0, budgetSeconds - spentSeconds - reservedSeconds);
    }
}
