import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
        Tool.run(command, platform.environment());
    }
}
