package trex.executor;

import java.io.IOException;

/// A numeric library must not be loaded; the message is a sentence that says which, why and the way
/// out.
final class EngineUnfit extends IOException {
    private static final long serialVersionUID = 1;

    EngineUnfit(String message) {
        super(message);
    }
}
