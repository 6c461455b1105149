package trex.model;

/// Where a study stands.
public enum StudyState {
    /// Fetching the model and sealing the splits.
    PREPARING,
    RUNNING,
    /// Ended by the person or a fault; can be resumed.
    STOPPED,
    /// The test split has been opened and the report written.
    FINISHED
}
