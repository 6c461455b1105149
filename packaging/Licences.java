import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Names, versions and licences of all libraries, as Maven knows them.
final class Licences {
    private Licences() {}

    static void write(Build build, Path file) throws IOException, InterruptedException, Refused {
        boolean windows = Platform.here() == Platform.WINDOWS;
        Tool.run(List.of(build.root().resolve(windows ? "mvnw.cmd" : "mvnw").toString(), "-B", "-ntp", "-f",
                build.root().resolve("pom.xml").toString(), "license:add-third-party",
                "-Dlicense.outputDirectory=" + file.getParent(),
                "-Dlicense.thirdPartyFilename=" + file.getFileName()), Map.of());
        if (!Files.isRegularFile(file)) {
            throw new Refused("Maven wrote no list of licences to " + file);
        }
    }
}
