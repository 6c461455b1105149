package trex.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/// Puts the world's faults into a sentence.
final class Faults {
    private Faults() {}

    static String sentence(Throwable fault) {
        return switch (fault) {
            case NoSuchFileException e -> e.getFile() + " is not there";
            case AccessDeniedException e -> e.getFile() + " may not be opened";
            case FileAlreadyExistsException e -> e.getFile() + " is already there";
            default -> named(fault.getMessage(), fault);
        };
    }

    private static String named(@Nullable String message, Throwable fault) {
        return message == null || message.isBlank() ? fault.getClass().getSimpleName() : message;
    }
}
