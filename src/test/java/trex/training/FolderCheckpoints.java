package trex.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.model.Checkpoint;

/// Checkpoints as folders `step-N` in one folder, each with the SHA-256 of its files beside them.
final class FolderCheckpoints implements CheckpointFolder {
    private static final Logger LOG = LoggerFactory.getLogger(FolderCheckpoints.class);
    private static final String PREFIX = "step-";
    private static final String SEAL = "sha256";

    private final Path folder;

    /// @param folder created when the first checkpoint is written
    FolderCheckpoints(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    @Override
    public Checkpoint write(int step, Filling filling) throws IOException {
        Path temporary = folder.resolve("tmp-" + step);
        Path target = folder.resolve(PREFIX + step);
        deleteTree(temporary);
        Files.createDirectories(temporary);
        filling.into(temporary);
        String digest = digest(temporary);
        Files.writeString(temporary.resolve(SEAL), digest);
        sync(temporary.resolve(SEAL));
        sync(temporary);
        deleteTree(target);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        sync(folder);
        return new Checkpoint(target.toString(), step, digest);
    }

    @Override
    public Optional<Checkpoint> newest() throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        List<Path> found;
        try (Stream<Path> entries = Files.list(folder)) {
            found = entries.filter(p -> p.getFileName().toString().matches(PREFIX + "\\d+"))
                    .sorted(Comparator.comparingInt(FolderCheckpoints::step).reversed())
                    .toList();
        }
        for (Path candidate : found) {
            String digest = digest(candidate);
            Path seal = candidate.resolve(SEAL);
            if (Files.exists(seal) && Files.readString(seal).equals(digest)) {
                return Optional.of(new Checkpoint(candidate.toString(), step(candidate), digest));
            }
            LOG.warn("checkpoint {} is damaged and passed over", candidate);
        }
        return Optional.empty();
    }

    @Override
    public void delete(Checkpoint checkpoint) throws IOException {
        deleteTree(Path.of(checkpoint.path()));
    }

    private static int step(Path folder) {
        return Integer.parseInt(folder.getFileName().toString().substring(PREFIX.length()));
    }

    private static String digest(Path folder) throws IOException {
        MessageDigest digest = sha256();
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(p -> !p.endsWith(SEAL)).sorted().toList();
        }
        for (Path file : files) {
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Forces a file, or a folder's entries, to the disk.
    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(root)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
