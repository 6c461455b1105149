import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes what a person installs the program with, from its image.
final class Installer {
    private Installer() {}

    /// @param to folder that it is written to
    static void make(Build build, Platform platform, Path image, String type, Path to)
            throws IOException, InterruptedException, Refused {
        List<String> command = new ArrayList<>(List.of(Tool.ofJdk("jpackage"), "--type", type,
                "--name", ProgramImage.NAME, "--app-version", platform.version(build.version()),
                "--description", build.description(), "--vendor", "TREX Workbench",
                "--copyright", "Apache-2.0",
                "--license-file", build.root().resolve("LICENSE").toString(),
                "--app-image", image.toString(),
                "--dest", to.toString()));
        command.addAll(platform.imageOptions());
        command.addAll(platform.installerOptions(type));
        if (Files.isDirectory(platform.templates(build))) {
            command.addAll(List.of("--resource-dir", platform.templates(build).toString()));
        }
        Map<String, String> environment = new HashMap<>(platform.environment());
        environment.put("SOURCE_DATE_EPOCH", Long.toString(build.time().getEpochSecond()));
        Tool.run(command, environment);
    }
}
