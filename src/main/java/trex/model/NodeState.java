package trex.model;

/// Where a node stands. Completed, failed, rejected and skipped are final.
public enum NodeState {
    /// Waits for the person.
    PROPOSED,
    /// Approved, waits for a free device.
    QUEUED,
    RUNNING,
    COMPLETED,
    FAILED,
    /// Refused by the person.
    REJECTED,
    /// Never carried out: too dear for what is left, below a pruned node, or too late.
    SKIPPED;

    public boolean isFinal() {
        return this == COMPLETED || this == FAILED || isDeclined();
    }

    /// Whether it ended without having been carried out: it is no round.
    public boolean isDeclined() {
        return this == REJECTED || this == SKIPPED;
    }
}
