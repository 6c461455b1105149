import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The installed program: launchers for the window and for the terminal, a Java, the libraries, and
/// the files that the program reads.
final class ProgramImage {
    /// The launcher that opens the window, and the name of the whole.
    static final String NAME = "trex-workbench";
    /// The launcher for the terminal: the same program.
    private static final String CONSOLE = "trex";
    /// What the program reads, and what it owes to others.
    private static final List<String> FILES = List.of("assets", "ft-bench", "LICENSE", "THIRD-PARTY.md");
    private static final String CLASSES = "trex.jsa";

    private final Build build;
    private final Platform platform;
    private final Path work;

    /// @param work an empty folder
    ProgramImage(Build build, Platform platform, Path work) {
        this.build = build;
        this.platform = platform;
        this.work = work;
    }

    /// @return the image's folder, inside `folder`
    Path make(Path folder) throws IOException, InterruptedException, Refused {
        Path runtime = work.resolve("runtime");
        RuntimeImage.link(build, runtime);
        Path input = collect(work.resolve("input"));
        List<String> command = new ArrayList<>(List.of(Tool.ofJdk("jpackage"), "--type", "app-image",
                "--name", NAME, "--app-version", platform.version(build.version()),
                "--description", build.description(), "--vendor", "TREX Workbench",
                "--copyright", "Apache-2.0",
                "--icon", platform.icon(build).toString(),
                "--runtime-image", runtime.toString(),
                "--input", input.toString(), "--main-jar", Build.ARCHIVE, "--main-class", "trex.Main",
                "--add-launcher", CONSOLE + "=" + console(),
                "--dest", folder.toString()));
        for (String option : javaOptions()) {
            command.addAll(List.of("--java-options", option));
        }
        command.addAll(platform.imageOptions());
        Tool.run(command, Map.of());
        Path image = platform.image(folder, NAME);
        stamp(image);
        archiveClasses(image);
        return image;
    }

    /// What `./trex` gives the virtual machine too, and the place of the archive of classes.
    private List<String> javaOptions() throws IOException {
        Path file = build.root().resolve("packaging").resolve("java.options");
        return Stream.concat(
                Files.readAllLines(file).stream().filter(line -> !line.isBlank() && !line.startsWith("#")),
                Stream.of("-XX:SharedArchiveFile=$APPDIR/" + CLASSES)).toList();
    }

    private Path console() throws IOException {
        return Files.writeString(work.resolve("console.properties"), """
                description=TREX Workbench in the terminal
                icon=%s
                win-console=true
                win-menu=false
                win-shortcut=false
                linux-shortcut=false
                """.formatted(platform.icon(build).toString().replace('\\', '/')));
    }

    private Path collect(Path input) throws IOException {
        Files.createDirectories(input);
        copy(build.archive(), input.resolve(Build.ARCHIVE));
        for (Path library : build.libraries()) {
            copy(library, input.resolve(library.getFileName()));
        }
        for (String name : FILES) {
            copyAll(build.root().resolve(name), input.resolve(name));
        }
        for (Path file : platform.files(build)) {
            copy(file, input.resolve(file.getFileName()));
        }
        copy(work.resolve("THIRD-PARTY.txt"), input.resolve("THIRD-PARTY.txt"));
        return input;
    }

    private static void copyAll(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    copy(file, copy);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    }

    /// Gives every file the build's time, which installers then give it again.
    private void stamp(Path image) throws IOException {
        try (Stream<Path> files = Files.walk(image)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(build.time()));
            }
        }
    }

    /// Keeps the window's classes as the virtual machine has them in memory, beside the libraries. It
    /// knows these by name, size and time: where a copy has other times, the window only opens later.
    private void archiveClasses(Path image) throws IOException, InterruptedException, Refused {
        Path program = platform.program(image);
        List<String> command = new ArrayList<>(List.of(
                platform.runtime(image).resolve("bin").resolve("java").toString(),
                "@" + build.root().resolve("packaging").resolve("java.options"),
                "-cp", classPath(program), "-XX:ArchiveClassesAtExit=" + program.resolve(CLASSES),
                "-Dtrex.log=" + work.resolve("archive.log"), "trex.ArchiveTraining"));
        Tool.run(command, Map.of());
    }

    /// In the order of the launcher's, which another order would not fit.
    private static String classPath(Path program) throws IOException {
        String key = "app.classpath=$APPDIR";
        return String.join(java.io.File.pathSeparator, Files.readAllLines(program.resolve(NAME + ".cfg")).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> program + line.substring(key.length()))
                .toList());
    }
}
