package trex.fetch;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import trex.json.Json;

/// The engines of a home folder: `engines/FLAVOUR/`, each whole or not there at all.
public final class EngineFiles {
    private final Path engines;

    /// @param home the program's home folder
    public EngineFiles(Path home) {
        engines = home.toAbsolutePath().normalize().resolve("engines");
    }

    /// The engines that can be installed, as they come with the program.
    public static List<EngineEntry> catalogue() {
        try (InputStream json = EngineFiles.class.getResourceAsStream("engines.json")) {
            return Json.mapper().readValue(Objects.requireNonNull(json, "engines.json is not in the program"),
                    new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("engines.json is not readable", e);
        }
    }

    /// Where all of them lie.
    Path root() {
        return engines;
    }

    public Path folder(EngineEntry engine) {
        return engines.resolve(engine.flavour());
    }

    /// Where libtorch itself lies.
    public Path libraries(EngineEntry engine) {
        return folder(engine).resolve(engine.libraries());
    }

    /// Every folder of it that holds libraries.
    public List<Path> libraryFolders(EngineEntry engine) {
        Path folder = folder(engine);
        return engine.wheels().stream().flatMap(wheel -> wheel.members().stream())
                .filter(member -> member.path().contains(".so"))
                .map(member -> folder.resolve(member.path()).getParent())
                .distinct().toList();
    }

    /// Whether all its files are there with their sizes.
    public boolean isInstalled(EngineEntry engine) {
        Path folder = folder(engine);
        return engine.wheels().stream().flatMap(wheel -> wheel.members().stream())
                .allMatch(member -> has(folder.resolve(member.path()), member.bytes()));
    }

    private static boolean has(Path file, long bytes) {
        try {
            return Files.isRegularFile(file) && Files.size(file) == bytes;
        } catch (IOException e) {
            return false;
        }
    }

    /// Removes an engine, and what is left of a download of it.
    ///
    /// @return whether there was anything
    public boolean remove(EngineEntry engine) throws Unavailable {
        boolean found = Files.exists(folder(engine)) || Files.exists(downloads(engine));
        try {
            Folders.remove(downloads(engine));
            Folders.remove(folder(engine));
        } catch (IOException e) {
            throw new Unavailable(folder(engine) + " cannot be removed: " + e.getMessage(), e);
        }
        return found;
    }

    /// Where its wheels wait until all are there.
    Path downloads(EngineEntry engine) {
        return engines.resolve(engine.flavour() + ".downloads");
    }
}
