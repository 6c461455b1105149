package trex.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Wheels that lie in a folder already.
record FolderWheels(Path mirror) implements WheelSource {
    @Override
    public void fetch(EngineEntry.Wheel wheel, Path folder, Progress progress) throws Unavailable {
        Path file = mirror.resolve(wheel.file());
        if (!Files.isRegularFile(file)) {
            throw new Unavailable(file + " is not there: the mirror needs every file of the engine");
        }
        Path part = folder.resolve(wheel.file() + ".part");
        try {
            progress.at("reading " + wheel.file(), 0, wheel.bytes());
            String found = Sha256.of(file);
            if (!found.equals(wheel.sha256())) {
                throw new Unavailable(file + " has SHA-256 " + found + ", expected " + wheel.sha256()
                        + ": it is damaged or another file");
            }
            Files.deleteIfExists(part);
            link(file, part);
            Files.move(part, folder.resolve(wheel.file()), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            progress.at("reading " + wheel.file(), wheel.bytes(), wheel.bytes());
        } catch (IOException e) {
            throw new Unavailable(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /// Gigabytes are not written twice where a second name does.
    private static void link(Path file, Path part) throws IOException {
        try {
            Files.createLink(part, file);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(file, part);
        }
    }
}
