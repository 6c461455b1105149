package trex.lm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import trex.json.Json;
import trex.lm.io.HuggingFaceFolder;

/// A tiny model of `models/parity` with its reference.
record ParityFolder(ModelWeights weights, JsonNode reference) implements AutoCloseable {
    static ParityFolder open(String family) throws UnreadableModel {
        Path folder = Mirrors.model("parity/" + family);
        try {
            return new ParityFolder(HuggingFaceFolder.weights(folder),
                    Json.mapper().readTree(Files.readString(folder.resolve("reference.json"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        weights.close();
    }
}
