package trex.lm;

import java.nio.file.Path;

/// A model's files are missing, damaged, or ask for something that this program does not do. The
/// message is one sentence for the person that names the file.
public final class UnreadableModel extends Exception {
    private static final long serialVersionUID = 1;

    /// @param sentence the whole message, where no single file is at fault
    public UnreadableModel(String sentence) {
        super(sentence);
    }

    /// @param reason continues the sentence "cannot read the model FILE: "
    public UnreadableModel(Path file, String reason) {
        super("cannot read the model " + file + ": " + reason);
    }

    /// @param reason continues the sentence "cannot read the model FILE: "
    public UnreadableModel(Path file, String reason, Throwable cause) {
        super("cannot read the model " + file + ": " + reason, cause);
    }
}
