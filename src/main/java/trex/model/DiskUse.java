package trex.model;

/// Bytes of disk in the ledger. Other than seconds they come back: what a run's folder lets go of is
/// no longer held.
///
/// @param held bytes that the folders of all runs hold
/// @param reserved for runs in flight, beside what their folders hold already
/// @param budget the limit; 0 for none
public record DiskUse(long held, double reserved, long budget) {
    public static final DiskUse NONE = new DiskUse(0, 0, 0);

    /// Infinite without a limit.
    public double left() {
        return budget == 0 ? Double.POSITIVE_INFINITY : Math.max(0, budget - held - reserved);
    }

    DiskUse reserving(double bytes) {
        return new DiskUse(held, bytes, budget);
    }
}
