package trex.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--home`, shared by every command that opens the home folder.
final class HomeOption {
    @Option(names = "--home", paramLabel = "DIR",
            description = "Folder of studies, models and data (default: TREX_HOME, else ~/.local/share/trex).")
    private @Nullable Path home;

    /// What a further command needs to mean the same folder; empty where the usual one is meant.
    String again() {
        return home == null ? "" : " --home " + home;
    }

    Path or(Path usual) {
        return home == null ? usual : home.toAbsolutePath().normalize();
    }
}
