package trex.fetch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/// Installs engines: all wheels first, then their libraries in a folder of its own, which gets its
/// name when it is whole. Wheels that have come are kept until then, so a broken installation goes on.
public final class EngineInstaller {
    private final EngineFiles files;
    private final WheelSource source;
    private final ToLongFunction<Path> room;

    /// @param room bytes that can be written at a place
    public EngineInstaller(EngineFiles files, WheelSource source, ToLongFunction<Path> room) {
        this.files = files;
        this.source = source;
        this.room = room;
    }

    /// Installs an engine; one that is there already is left as it is.
    public void install(EngineEntry engine, Progress progress) throws Unavailable, InterruptedException {
        if (files.isInstalled(engine)) {
            return;
        }
        try {
            Path downloads = Files.createDirectories(files.downloads(engine));
            try (FileChannel channel = FileChannel.open(files.root().resolve(engine.flavour() + ".lock"),
                            StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = lock(channel, engine)) {
                refuseWithoutRoom(engine);
                fetch(engine, downloads, progress);
                unpack(engine, downloads, progress);
                Folders.remove(downloads);
            }
        } catch (IOException e) {
            throw new Unavailable(engine.title() + " cannot be installed in " + files.folder(engine) + ": " + e.getMessage()
                    + "; what was downloaded is kept, so try again", e);
        }
    }

    private static FileLock lock(FileChannel channel, EngineEntry engine) throws IOException, Unavailable {
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            throw new Unavailable(engine.title() + " is being installed already; wait until that has ended", e);
        }
        throw new Unavailable(engine.title() + " is being installed by another TREX Workbench; wait until that has ended");
    }

    private void refuseWithoutRoom(EngineEntry engine) throws Unavailable, IOException {
        long there = 0;
        for (EngineEntry.Wheel wheel : engine.wheels()) {
            Path file = files.downloads(engine).resolve(wheel.file());
            there += Files.exists(file) ? Files.size(file) : 0;
        }
        long needed = engine.downloadBytes() - there + engine.installedBytes();
        long usable = room.applyAsLong(files.root());
        if (usable < needed) {
            throw new Unavailable(String.format(Locale.ROOT, "%s needs %.1f GB on the disk of %s while it is installed, %.1f GB "
                    + "afterwards, and %.1f GB are free: make room or choose another home folder", engine.title(),
                    needed / 1e9, files.root(), engine.installedBytes() / 1e9, usable / 1e9));
        }
    }

    private void fetch(EngineEntry engine, Path downloads, Progress progress) throws Unavailable, IOException, InterruptedException {
        List<EngineEntry.Wheel> wheels = engine.wheels();
        long before = 0;
        for (EngineEntry.Wheel wheel : wheels) {
            long done = before;
            Progress whole = (what, now, _) -> progress.at(what, done + Math.max(now, 0), engine.downloadBytes());
            Path file = downloads.resolve(wheel.file());
            if (Files.isRegularFile(file) && !Sha256.of(file).equals(wheel.sha256())) {
                Files.delete(file); // the machine may have stopped while it was written
            }
            if (!Files.isRegularFile(file)) {
                source.fetch(wheel, downloads, whole);
            }
            before += wheel.bytes();
            progress.at("downloaded " + wheel.file(), before, engine.downloadBytes());
        }
    }

    private void unpack(EngineEntry engine, Path downloads, Progress progress)
            throws Unavailable, IOException, InterruptedException {
        Path part = files.root().resolve(engine.flavour() + ".part");
        Folders.remove(part);
        try {
            long before = 0;
            for (EngineEntry.Wheel wheel : engine.wheels()) {
                long done = before;
                WheelFiles.unpack(wheel, downloads.resolve(wheel.file()), part,
                        (what, now, _) -> progress.at(what, done + now, engine.installedBytes()));
                before += wheel.unpackedBytes();
            }
            Folders.remove(files.folder(engine)); // an earlier one that is not whole
            Files.move(part, files.folder(engine), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Folders.remove(part);
        }
    }
}
