package trex.data;

/// A mission file that cannot be used; the message is a sentence that names the file, the field
/// and the value.
public final class BadMission extends Exception {
    private static final long serialVersionUID = 1;

    public BadMission(String message, Throwable cause) {
        super(message, cause);
    }

    public BadMission(String message) {
        super(message);
    }
}
