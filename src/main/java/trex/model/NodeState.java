package trex.model;

/// Where a node stands. Completed, failed and rejected are final.
public enum NodeState {
    /// Waits for the person.
    PROPOSED,
    /// Approved, waits for a free device.
    QUEUED,
    RUNNING,
    COMPLETED,
    FAILED,
    REJECTED;

    public boolean isFinal() {
        return this == COMPLETED || this == FAILED || this == REJECTED;
    }
}
