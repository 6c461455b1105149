import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Runs other programs. What they say is shown only where they fail.
final class Tool {
    private static final int LINES = 20;

    private Tool() {}

    /// A program of the JDK that runs this one.
    static String ofJdk(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    /// Whether one of these programs is on the path.
    static boolean isThere(String... names) {
        List<Path> folders = Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .filter(folder -> !folder.isBlank()).map(Path::of).toList();
        return Stream.of(names).anyMatch(name ->
                folders.stream().anyMatch(folder -> Files.isExecutable(folder.resolve(name))));
    }

    /// @param environment what is added to this process's own
    /// @return what it wrote
    static String run(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException, Refused {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int code = process.waitFor();
        if (code != 0) {
            throw new Refused(Path.of(command.getFirst()).getFileName() + " ended with status " + code + ":\n"
                    + String.join("\n", said.lines().skip(Math.max(0, said.lines().count() - LINES)).toList()));
        }
        return said;
    }
}
