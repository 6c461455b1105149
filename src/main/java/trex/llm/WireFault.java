package trex.llm;

/// Why a service gave no answer, on its way through langchain4j, which knows unchecked exceptions only.
final class WireFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    WireFault(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    /// What follows from it.
    enum Kind { REFUSED, TIMED_OUT, OVER_QUOTA, UNREACHABLE, INTERRUPTED }
}
