package trex.executor;

import trex.model.FailureKind;

/// The work cannot be done; the message is one sentence for the person.
final class WorkFailed extends Exception {
    private static final long serialVersionUID = 1;

    private final FailureKind kind;

    WorkFailed(FailureKind kind, String message) {
        super(message);
        this.kind = kind;
    }

    WorkFailed(FailureKind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    FailureKind kind() {
        return kind;
    }
}
