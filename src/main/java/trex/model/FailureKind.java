package trex.model;

/// Why a run failed, as far as the answer to it differs.
public enum FailureKind {
    /// Loss or gradient was no longer a finite number.
    DIVERGED,
    OUT_OF_MEMORY,
    DISK_FULL,
    /// The process was killed or crashed.
    KILLED,
    /// A file was missing, damaged or did not fit.
    INPUT,
    /// A fault of this program.
    INTERNAL
}
