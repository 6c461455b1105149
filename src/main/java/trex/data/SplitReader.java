package trex.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import trex.model.Example;
import trex.model.RunId;
import trex.model.SealedSplit;
import trex.model.Split;

/// Reads sealed splits and refuses a file that is no longer what was sealed.
public final class SplitReader {
    private final InstantSource clock;

    public SplitReader(InstantSource clock) {
        this.clock = clock;
    }

    /// The training or the validation split.
    ///
    /// @throws IllegalArgumentException for the test split: see [#openTest]
    public List<Example> read(SealedSplit sealed) throws BrokenData {
        if (sealed.split() == Split.TEST) {
            throw new IllegalArgumentException("the test split is sealed; only openTest reads it");
        }
        return load(sealed);
    }

    /// Opens the test split. The one way to its rows: each opening is first written to
    /// `test-openings.log` beside the split, with the run that asked for it.
    public List<Example> openTest(SealedSplit sealed, RunId run) throws BrokenData {
        if (sealed.split() != Split.TEST) {
            throw new IllegalArgumentException("not a test split: " + sealed.path());
        }
        Path journal = Path.of(sealed.path()).resolveSibling("test-openings.log");
        try {
            Files.writeString(journal, clock.instant() + " opened by run " + run + "\n", StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.SYNC);
        } catch (IOException e) {
            throw new BrokenData("the test split stays closed: its opening cannot be written to " + journal + ": "
                    + e.getMessage(), e);
        }
        return load(sealed);
    }

    private static List<Example> load(SealedSplit sealed) throws BrokenData {
        try {
            return SplitFile.read(sealed);
        } catch (NoSuchFileException e) {
            throw new BrokenData("the sealed split " + sealed.path() + " is gone: start a new study", e);
        } catch (IOException e) {
            throw new BrokenData("the sealed split " + sealed.path() + " cannot be read: " + e.getMessage(), e);
        }
    }
}
