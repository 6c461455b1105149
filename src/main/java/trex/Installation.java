package trex;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import trex.executor.ProgramCode;

/// Where the program lies on this machine, and where it writes.
///
/// @param root folder that holds `assets` and `ft-bench`: a checkout, or the inside of an installed
///     program, which is never written to
/// @param home default home folder
record Installation(Path root, Path home) {
    private static final String HOME = "TREX_HOME";

    Installation {
        root = root.toAbsolutePath().normalize();
        home = home.toAbsolutePath().normalize();
    }

    /// Finds both, whatever the working directory is.
    static Installation here() {
        return new Installation(rootAbove(ProgramCode.place()), home(System.getenv(), Path.of(System.getProperty("user.home"))));
    }

    /// The nearest folder above the program's code with the program's other files; where there is
    /// none, the code's own folder, so that whoever looks for a file there can name it.
    ///
    /// @param code the archive, or the folder of loose classes
    static Path rootAbove(Path code) {
        return Stream.iterate(code.getParent(), folder -> folder != null, Path::getParent)
                .filter(folder -> Files.isDirectory(folder.resolve("assets"))
                        && Files.isDirectory(folder.resolve("ft-bench")))
                .findFirst()
                .orElse(code.resolveSibling(""));
    }

    /// @param environment may name a home folder
    /// @param user the person's own folder
    static Path home(Map<String, String> environment, Path user) {
        String chosen = environment.getOrDefault(HOME, "");
        return chosen.isBlank() ? user.resolve(".local").resolve("share").resolve("trex") : Path.of(chosen);
    }

    /// The program's own log, where the launcher names no other.
    Path log() {
        return home.resolve("logs").resolve("trex.log");
    }
}
