import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Makes installers of TREX Workbench for the system that this runs on. Needs a finished build; on
/// Linux and macOS `./trex package` makes one first.
///
///     java packaging/Packaging.java [--to DIR] [TYPE ...]
///
/// TYPE is `app-image` (a folder to run the program from) or an installer of this system: `deb`,
/// `rpm`; `dmg`, `pkg`; `msi`. Without a TYPE: all that the programs found here can make. DIR is
/// `target/installers`, unless another is named.
final class Packaging {
    private static final String IMAGE = "app-image";

    private final Build build;
    private final Platform platform;
    private final Path to;

    private Packaging(Build build, Platform platform, Path to) {
        this.build = build;
        this.platform = platform;
        this.to = to;
    }

    public static void main(String... arguments) throws InterruptedException {
        try {
            Path root = Path.of(System.getProperty("jdk.launcher.sourcefile", "packaging/Packaging.java"))
                    .toAbsolutePath().normalize().getParent().getParent();
            List<String> types = new ArrayList<>(List.of(arguments));
            Path to = root.resolve("target").resolve("installers");
            if (!types.isEmpty() && types.getFirst().equals("--to")) {
                if (types.size() < 2) {
                    throw new Refused("--to needs a folder");
                }
                to = Path.of(types.get(1)).toAbsolutePath().normalize();
                types.subList(0, 2).clear();
            }
            new Packaging(Build.in(root), Platform.here(), to).make(types);
        } catch (Refused | IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private void make(List<String> asked) throws IOException, InterruptedException, Refused {
        List<String> types = installers(asked);
        Files.createDirectories(to);
        Path work = Files.createTempDirectory("trex-package");
        try {
            say("listing licences");
            Licences.write(build, work.resolve("THIRD-PARTY.txt"));
            say("making the image, with a Java of its own");
            RuntimeImage.foreignCertificates().ifPresent(file -> say("Beware: this JDK takes its certificates from "
                    + file + ", and so will the program; for others, use a JDK that has its own"));
            delete(platform.image(to, ProgramImage.NAME));
            Path image = new ProgramImage(build, platform, work).make(to);
            say(image.toString());
            for (String type : types) {
                say("making the ." + type);
                Installer.make(build, platform, image, type, to);
            }
        } finally {
            delete(work);
        }
    }

    /// The kinds of installers to make: an image alone is none.
    private List<String> installers(List<String> asked) throws Refused {
        for (String type : asked) {
            if (!type.equals(IMAGE) && !platform.types().contains(type)) {
                throw new Refused("There is no installer \"" + type + "\" for this system; it knows "
                        + IMAGE + ", " + String.join(", ", platform.types()));
            }
            if (!type.equals(IMAGE) && !platform.canMake(type)) {
                throw new Refused("The programs that make a ." + type + " are missing; see the how-to, \"Make an installer\"");
            }
        }
        return asked.isEmpty()
                ? platform.types().stream().filter(platform::canMake).toList()
                : asked.stream().filter(type -> !type.equals(IMAGE)).toList();
    }

    private static void say(String what) {
        System.err.println("  " + what);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
