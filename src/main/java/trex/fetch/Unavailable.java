package trex.fetch;

/// Something cannot be had; the message is a sentence that says what, why and the way out.
public final class Unavailable extends Exception {
    private static final long serialVersionUID = 1;

    public Unavailable(String message) {
        super(message);
    }

    public Unavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
