import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A finished build of the program in a checkout.
///
/// @param root the checkout
/// @param version as in `pom.xml`
/// @param description one sentence, as in `pom.xml`
/// @param time of every file, as in `pom.xml`: the same build makes the same files
/// @param libraries archives that the program needs, sorted by name
record Build(Path root, String version, String description, Instant time, List<Path> libraries) {
    static final String ARCHIVE = "trex-workbench.jar";

    static Build in(Path root) throws IOException, Refused {
        Path folder = root.resolve("target").resolve("lib");
        if (!Files.isRegularFile(root.resolve("target").resolve(ARCHIVE)) || !Files.isDirectory(folder)) {
            throw new Refused("There is no build in " + root.resolve("target")
                    + "; make one with: mvnw -Dmaven.test.skip=true package");
        }
        String pom = Files.readString(root.resolve("pom.xml"));
        try (Stream<Path> files = Files.list(folder)) {
            return new Build(root, first("version", pom), first("description", pom),
                    Instant.parse(first("project.build.outputTimestamp", pom)),
                    files.filter(file -> file.toString().endsWith(".jar")).sorted().toList());
        }
    }

    Path archive() {
        return root.resolve("target").resolve(ARCHIVE);
    }

    /// The first element of a name: the project's own stand before all others in `pom.xml`.
    private static String first(String element, String pom) throws Refused {
        Matcher found = Pattern.compile("<" + element + ">([^<]+)</" + element + ">").matcher(pom);
        if (!found.find()) {
            throw new Refused("pom.xml has no " + element);
        }
        return found.group(1).strip();
    }
}
