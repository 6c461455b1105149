package trex.executor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import trex.fetch.DigestCache;
import trex.fetch.ModelCatalogue;
import trex.fetch.Unavailable;
import trex.lm.BaseModel;
import trex.lm.ModelReader;
import trex.lm.UnreadableModel;
import trex.model.FailureKind;
import trex.model.ModelFiles;
import trex.model.RunEvent;

/// Opens base models that still are what the study began with.
final class BaseModels {
    private final DigestCache digests;

    BaseModels(Path home) {
        digests = new DigestCache(home.resolve("cache").resolve("digests"));
    }

    BaseModel open(ModelFiles files, Assignment assignment) throws WorkFailed, IOException, UnreadableModel {
        assignment.say(new RunEvent.Phase("opening the model " + files.name(), -1));
        return open(files);
    }

    BaseModel open(ModelFiles files) throws WorkFailed, IOException, UnreadableModel {
        Path path = Path.of(files.path());
        String found = digest(path);
        if (!found.equals(files.sha256())) {
            throw new WorkFailed(FailureKind.INPUT, "The model " + path + " is not the one that the study began with: its"
                    + " SHA-256 is " + found + ", it was " + files.sha256() + "; put the old file back or start a new study");
        }
        return ModelReader.open(path);
    }

    private String digest(Path model) throws WorkFailed {
        if (!Files.exists(model)) {
            throw new WorkFailed(FailureKind.INPUT, "The model " + model
                    + " is not there any more; put it back or start a new study");
        }
        try {
            return digests.of(ModelCatalogue.filesOf(model));
        } catch (Unavailable e) {
            throw new WorkFailed(FailureKind.INPUT, String.valueOf(e.getMessage()), e);
        } catch (IOException | UncheckedIOException e) {
            throw new WorkFailed(FailureKind.INPUT, "The model " + model + " cannot be read: " + e.getMessage(), e);
        }
    }
}
