package trex;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import trex.cli.TrexCommand;
import trex.fetch.Folders;

/// The run whose classes the virtual machine archives at the end of a build
/// (`-XX:ArchiveClassesAtExit`, see the script `trex`), so that the first window opens as fast as
/// the next. It needs no display: what only a window would load is loaded by name, and what opens
/// a home folder is carried out on an empty one.
final class ArchiveTraining {
    /// Beginnings of the names of the archives that a window loads classes from.
    private static final List<String> OF_THE_WINDOW = List.of("trex-workbench", "javafx-", "atlantafx-", "controlsfx-",
            "ikonli-", "h2-", "flyway-", "jackson-", "logback-", "slf4j-", "picocli-");
    private static final String CLASS = ".class";

    private ArchiveTraining() {}

    public static void main(String[] arguments) throws IOException {
        ClassLoader loader = ArchiveTraining.class.getClassLoader();
        long loaded = classes(System.getProperty("java.class.path")).stream().filter(name -> load(name, loader)).count();
        System.out.println(loaded + " classes");
        Path home = Files.createTempDirectory("trex-archive");
        try {
            TrexCommand.run(Main.wiring(Installation.here()), "studies", "--home", home.toString());
        } finally {
            Folders.remove(home);
        }
    }

    /// The names of all classes in those archives of a class path that the window needs.
    static List<String> classes(String classPath) throws IOException {
        List<String> names = new ArrayList<>();
        for (String part : classPath.split(File.pathSeparator)) {
            String file = String.valueOf(Path.of(part).getFileName());
            if (file.endsWith(".jar") && OF_THE_WINDOW.stream().anyMatch(file::startsWith)) {
                try (JarFile jar = new JarFile(part)) {
                    jar.stream().map(JarEntry::getName).filter(ArchiveTraining::isClass)
                            .map(name -> name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
                            .forEach(names::add);
                }
            }
        }
        return names;
    }

    private static boolean isClass(String entry) {
        return entry.endsWith(CLASS) && !entry.startsWith("META-INF/") && !entry.endsWith("module-info.class");
    }

    /// Libraries have classes for what is not there; those are left out.
    private static boolean load(String name, ClassLoader loader) {
        try {
            Class.forName(name, false, loader);
            return true;
        } catch (ClassNotFoundException | LinkageError _) {
            return false;
        }
    }
}
