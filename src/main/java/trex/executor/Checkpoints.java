package trex.executor;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.fetch.Folders;
import trex.model.Checkpoint;
import trex.training.CheckpointFiles;
import trex.training.CheckpointFolder;
import trex.training.FileLink;

/// The checkpoints of a job. An attempt writes only its own; any attempt's newest good one is
/// resumed. A checkpoint is a folder `step-N` that appears whole or not at all, with the digests
/// of its files in it.
final class Checkpoints implements CheckpointFolder {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final String PREFIX = "step-";

    private final JobFolder job;
    private final Attempt attempt;

    Checkpoints(JobFolder job, Attempt attempt) {
        this.job = job;
        this.attempt = attempt;
    }

    @Override
    public Checkpoint write(int step, Filling filling) throws IOException {
        Path target = attempt.checkpoints().resolve(PREFIX + step);
        Path temporary = attempt.checkpoints().resolve("tmp-" + step);
        Folders.remove(temporary);
        Files.createDirectories(temporary);
        filling.into(temporary);
        String digest = FolderDigest.seal(temporary);
        Folders.remove(target);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.sync(attempt.checkpoints());
        return new Checkpoint(target.toString(), step, digest);
    }

    @Override
    public void delete(Checkpoint checkpoint) throws IOException {
        Folders.remove(Path.of(checkpoint.path()));
    }

    /// Makes a copy that holds the model without what only serves to go on training; it takes a
    /// third of the space and, being linked to the same files, no time.
    Checkpoint finish(Checkpoint best) throws IOException {
        Path target = attempt.folder().resolve("model");
        Folders.remove(target);
        Files.createDirectories(target);
        for (Path file : FolderDigest.files(Path.of(best.path()))) {
            if (!CheckpointFiles.servesResumingOnly(file)) {
                FileLink.make(target.resolve(file.getFileName()), file);
            }
        }
        return new Checkpoint(target.toString(), best.step(), FolderDigest.seal(target));
    }

    /// Deletes all that could be resumed: the job has ended.
    void deleteAll() throws IOException {
        for (Attempt made : job.attempts()) {
            Folders.remove(made.checkpoints());
        }
    }

    /// Of any attempt, and only if its files still have their digests.
    @Override
    public Optional<Checkpoint> newest() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (Attempt made : job.attempts()) {
            folders.addAll(foldersOf(made));
        }
        folders.sort(Comparator.comparingInt(Checkpoints::step).reversed());
        for (Path folder : folders) {
            Optional<String> digest = FolderDigest.verify(folder);
            if (digest.isPresent()) {
                return Optional.of(new Checkpoint(folder.toString(), step(folder), digest.get()));
            }
            LOG.warn("checkpoint {} is damaged and passed over", folder);
        }
        return Optional.empty();
    }

    private static List<Path> foldersOf(Attempt attempt) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(attempt.checkpoints())) {
            try (DirectoryStream<Path> folders =
                    Files.newDirectoryStream(attempt.checkpoints(), PREFIX + "[0-9]*")) {
                folders.forEach(found::add);
            }
        }
        return found;
    }

    private static int step(Path folder) {
        return Integer.parseInt(folder.getFileName().toString().substring(PREFIX.length()));
    }
}
