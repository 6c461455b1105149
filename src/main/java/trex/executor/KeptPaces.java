package trex.executor;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import trex.json.Json;

/// What rehearsals showed, by the kind of training, in the folder `estimates` of the home folder.
final class KeptPaces {
    private static final Logger LOG = LoggerFactory.getLogger(KeptPaces.class);

    private final Path folder;

    /// @param home the program's home folder
    KeptPaces(Path home) {
        folder = home.resolve("estimates");
    }

    /// The file of a kind.
    ///
    /// @param kind all that the pace depends on
    Path file(List<Object> kind) {
        try {
            return folder.resolve(FolderDigest.ofText(Json.mapper().writeValueAsString(kind)) + ".json");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a mission is made to be written as JSON", e);
        }
    }

    static Optional<Pace> read(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(Json.mapper().readValue(file.toFile(), Pace.class))
                    : Optional.empty();
        } catch (IOException e) {
            LOG.warn("{} cannot be read and is measured anew", file, e);
            return Optional.empty();
        }
    }

    static void keep(Path file, Pace pace) throws IOException {
        Files.createDirectories(file.getParent());
        DurableFiles.replace(file, Json.mapper().writeValueAsString(pace));
    }
}
