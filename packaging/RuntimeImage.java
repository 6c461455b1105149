import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The Java inside an installed program: only the modules that it needs, with the command `java`,
/// which workers are started by.
final class RuntimeImage {
    /// Modules that the code reaches through services or by name, so that jdeps does not see them:
    /// ciphers of secure connections, texts and numbers in the person's language, archives as file
    /// systems, and what a person looks into a running program with (jcmd).
    private static final List<String> UNSEEN = List.of(
            "jdk.crypto.ec", "jdk.localedata", "jdk.zipfs", "jdk.management", "jdk.charsets", "jdk.jcmd");

    private RuntimeImage() {}

    /// @param folder to be made
    static void link(Build build, Path folder) throws IOException, InterruptedException, Refused {
        List<String> command = new ArrayList<>(List.of(Tool.ofJdk("jlink"),
                "--add-modules", String.join(",", modules(build)),
                "--no-header-files", "--no-man-pages", "--generate-cds-archive",
                "--output", folder.toString()));
        Tool.run(command, Map.of());
    }

    /// The file that the JDK takes its certificates from, where that is not its own: whoever installs
    /// the program would trust whom this machine trusts.
    static Optional<Path> foreignCertificates() throws IOException {
        Path home = Path.of(System.getProperty("java.home")).toRealPath();
        Path file = home.resolve("lib").resolve("security").resolve("cacerts").toRealPath();
        return file.startsWith(home) ? Optional.empty() : Optional.of(file);
    }

    private static TreeSet<String> modules(Build build) throws IOException, InterruptedException, Refused {
        TreeSet<String> modules = new TreeSet<>(UNSEEN);
        List<String> command = new ArrayList<>(List.of(Tool.ofJdk("jdeps"),
                "--multi-release", Integer.toString(Runtime.version().feature()),
                "--ignore-missing-deps", "--print-module-deps",
                "--class-path", build.root().resolve("target").resolve("lib").resolve("*").toString()));
        Stream.concat(Stream.of(build.archive()), build.libraries().stream()).map(Path::toString).forEach(command::add);
        modules.addAll(List.of(Tool.run(command, Map.of()).lines().toList().getLast().split(",")));
        return modules;
    }
}
