package trex.executor;

import com.fasterxml.jackson.annotation.JsonIgnore;

/// How a worker's process ended, as its launcher saw it.
///
/// @param code the exit status; 128 + signal where a signal ended it
record Exit(int code) {
    /// The worker could not write what it had to say (the disk's own trouble).
    static final int IO_ERROR = 28;
    /// A newer attempt exists; this one has left the job to it.
    static final int FENCED = 75;
    /// There was no process.
    static final int NOT_STARTED = 127;
    /// Asked to end by SIGTERM, and did so after a checkpoint.
    static final int TERMINATED = 143;

    private static final int SIGNALLED = 128;

    /// What the exit means for the run.
    enum Reason {
        /// It published a result.
        DONE,
        CANCELLED,
        FENCED,
        IO_ERROR,
        /// Signal 9: by a person, or by the system when memory ran out.
        KILLED_OR_OOM,
        NATIVE_CRASH,
        FAILED
    }

    @JsonIgnore
    Reason reason() {
        return switch (code) {
            case 0 -> Reason.DONE;
            case IO_ERROR -> Reason.IO_ERROR;
            case FENCED -> Reason.FENCED;
            case TERMINATED -> Reason.CANCELLED;
            default -> switch (signal()) {
                case 9 -> Reason.KILLED_OR_OOM;
                case 4, 6, 7, 8, 10, 11 -> Reason.NATIVE_CRASH;
                default -> Reason.FAILED;
            };
        };
    }

    @JsonIgnore
    int signal() {
        return code > SIGNALLED && code < SIGNALLED + 65 ? code - SIGNALLED : 0;
    }
}
