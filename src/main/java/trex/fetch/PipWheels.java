package trex.fetch;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// Wheels from the Python Package Index, by the person's own pip. The wheel's Python version is
/// stated, so any pip will do; pip checks the digest, and so does this.
final class PipWheels implements WheelSource {
    private static final List<String> FOR = List.of("--no-cache-dir", "--only-binary", ":all:", "--implementation", "cp",
            "--python-version", "3.12", "--abi", "cp312", "--platform", "manylinux_2_28_x86_64",
            "--platform", "manylinux2014_x86_64", "--platform", "manylinux_2_17_x86_64",
            "--platform", "manylinux_2_12_x86_64", "--platform", "manylinux2010_x86_64");

    @Override
    public void fetch(EngineEntry.Wheel wheel, Path folder, Progress progress) throws Unavailable, InterruptedException {
        Pip pip = Pip.onPath().orElseThrow(() -> new Unavailable(wheel.file()
                + " cannot be fetched: pip is not on the PATH; install it, or name a folder or an https address that has the"
                + " file in " + MIRROR));
        try {
            removeOld(folder);
            Path work = Files.createTempDirectory(folder, "pip");
            try {
                pip.download(wheel.requirement(), wheel.sha256(), FOR, work,
                        done -> progress.at("downloading " + wheel.file(), Math.min(done, wheel.bytes()), wheel.bytes()));
                take(wheel, work, folder);
            } finally {
                Folders.remove(work);
            }
        } catch (IOException e) {
            throw new Unavailable(wheel.file() + " cannot be written to " + folder + ": " + e.getMessage(), e);
        }
    }

    /// What a program that was killed has left.
    private static void removeOld(Path folder) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "pip*")) {
            for (Path old : left) {
                Folders.remove(old);
            }
        }
    }

    private static void take(EngineEntry.Wheel wheel, Path work, Path folder) throws IOException, Unavailable {
        Path file = work.resolve(wheel.file());
        String found = Files.isRegularFile(file) ? Sha256.of(file) : "none";
        if (!found.equals(wheel.sha256())) {
            throw new Unavailable("pip brought " + wheel.requirement() + " with the SHA-256 " + found + ", expected "
                    + wheel.sha256() + " for " + wheel.file());
        }
        Files.move(file, folder.resolve(wheel.file()), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
