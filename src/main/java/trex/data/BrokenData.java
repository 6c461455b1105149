package trex.data;

/// Data that cannot be used as it is; the message is a sentence that names the file, the line and
/// what was expected.
public final class BrokenData extends Exception {
    private static final long serialVersionUID = 1;

    public BrokenData(String message) {
        super(message);
    }

    public BrokenData(String message, Throwable cause) {
        super(message, cause);
    }

    static BrokenData at(String file, long line, String problem) {
        return new BrokenData(file + ", line " + line + ": " + problem);
    }
}
