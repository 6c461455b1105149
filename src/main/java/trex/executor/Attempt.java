package trex.executor;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import trex.json.Json;
import trex.model.RunOutcome;

/// One try at a job: a folder that has one writer for ever.
///
/// @param number from 1; the highest number owns the job
record Attempt(Path folder, int number) {
    /// Deleted before the last words are written, so that a full disk can still be reported.
    private static final int RESERVE_BYTES = 16 * 1024;

    static Attempt of(Path attempts, int number) {
        return new Attempt(attempts.resolve(String.format(Locale.ROOT, "%04d", number)), number);
    }

    Path metrics() {
        return folder.resolve("metrics.jsonl");
    }

    Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    Path stdout() {
        return folder.resolve("stdout.log");
    }

    Path stderr() {
        return folder.resolve("stderr.log");
    }

    Path crashReport() {
        return folder.resolve("hs_err.log");
    }

    Path exitFile() {
        return folder.resolve("exit.json");
    }

    Path log() {
        return folder.resolve("worker.log");
    }

    private Path stoppedFile() {
        return folder.resolve("stopped.json");
    }

    private Path claimFile() {
        return folder.resolve("claim.json");
    }

    private Path heartbeatFile() {
        return folder.resolve("heartbeat");
    }

    Path reserve() {
        return folder.resolve("reserve");
    }

    /// Makes the folder. This is the claim: of several callers exactly one succeeds.
    ///
    /// @return whether the attempt is the caller's
    boolean create() throws IOException {
        Files.createDirectories(folder.getParent());
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            return false;
        }
        Files.write(reserve(), new byte[RESERVE_BYTES]);
        return true;
    }

    void claim(Claim claim) throws IOException {
        beat();
        DurableFiles.replace(claimFile(), Json.mapper().writeValueAsString(claim));
    }

    Optional<Claim> claim() throws IOException {
        return DurableFiles.read(claimFile(), Claim.class);
    }

    void exit(Exit exit) throws IOException {
        Files.deleteIfExists(reserve());
        DurableFiles.replace(exitFile(), Json.mapper().writeValueAsString(exit));
    }

    Optional<Exit> exit() throws IOException {
        return DurableFiles.read(exitFile(), Exit.class);
    }

    /// Says how far the attempt came before it was asked to stop.
    void stopped(RunOutcome.Stopped outcome) throws IOException {
        DurableFiles.replace(stoppedFile(), Json.mapper().writeValueAsString(outcome));
    }

    Optional<RunOutcome.Stopped> stopped() throws IOException {
        return DurableFiles.read(stoppedFile(), RunOutcome.Stopped.class);
    }

    /// Says that the worker lives. Needs no space on the disk after the first time.
    void beat() throws IOException {
        if (Files.exists(heartbeatFile())) {
            Files.setLastModifiedTime(heartbeatFile(), FileTime.from(Instant.now()));
        } else {
            Files.createFile(heartbeatFile());
        }
    }

    /// Time since the last sign of life, or since the folder was made.
    Duration silence(Instant now) throws IOException {
        return Duration.between(lastSign(), now);
    }

    /// Seconds between the worker's start and its last sign of life.
    double seconds() throws IOException {
        if (!Files.exists(claimFile())) {
            return 0;
        }
        Instant from = Files.getLastModifiedTime(claimFile()).toInstant();
        return Math.max(0, Duration.between(from, lastSign()).toMillis() / 1000.0);
    }

    private Instant lastSign() throws IOException {
        Path sign = Files.exists(heartbeatFile()) ? heartbeatFile() : folder;
        return Files.getLastModifiedTime(sign).toInstant();
    }
}
