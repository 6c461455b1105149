package trex.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--json`: where the outcome is written for scripts.
final class JsonOption {
    @Option(names = "--json", paramLabel = "FILE", description = "Write the outcome as JSON to this file.")
    private @Nullable Path file;

    @Nullable Path file() {
        return file;
    }
}
