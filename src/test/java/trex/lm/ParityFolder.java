package trex.lm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A tiny model of `models/parity` with its reference, read by the tests' own few lines.
final class ParityFolder implements ModelWeights {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ModelConfig config;
    private final Map<String, JsonNode> tensors = new LinkedHashMap<>();
    private final MemorySegment data;
    private final JsonNode reference;

    private ParityFolder(Path folder) throws IOException {
        JsonNode json = JSON.readTree(folder.resolve("config.json").toFile());
        config = new ModelConfig(
                json.get("vocab_size").asInt(), json.get("hidden_size").asInt(), json.get("num_hidden_layers").asInt(),
                json.get("num_attention_heads").asInt(), json.get("num_key_value_heads").asInt(),
                json.get("head_dim").asInt(), json.get("intermediate_size").asInt(),
                json.get("max_position_embeddings").asInt(), json.get("rms_norm_eps").asDouble(),
                json.get("rope_parameters").get("rope_theta").asDouble(), json.get("tie_word_embeddings").asBoolean());
        reference = JSON.readTree(folder.resolve("reference.json").toFile());
        try (FileChannel file = FileChannel.open(folder.resolve("model.safetensors"), StandardOpenOption.READ)) {
            MemorySegment all = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size(), Arena.ofAuto());
            long header = all.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0);
            String text = new String(
                    all.asSlice(8, header).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
            JSON.readTree(text).properties().stream()
                    .filter(e -> !e.getKey().equals("__metadata__"))
                    .forEach(e -> tensors.put(e.getKey(), e.getValue()));
            data = all.asSlice(8 + header);
        }
    }

    static Optional<Path> find(String relative) {
        String mirror = System.getenv("TREX_MODEL_MIRROR");
        return Stream.of(mirror == null ? "" : mirror, "../shared/models", "../../shared/models")
                .filter(p -> !p.isEmpty())
                .map(p -> Path.of(p, relative))
                .filter(Files::exists)
                .findFirst();
    }

    static ParityFolder open(Path folder) {
        try {
            return new ParityFolder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode reference() {
        return reference;
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public Set<String> names() {
        return tensors.keySet();
    }

    private JsonNode tensor(String name) {
        return Objects.requireNonNull(tensors.get(name), name);
    }

    @Override
    public long[] shape(String name) {
        JsonNode shape = tensor(name).get("shape");
        long[] extents = new long[shape.size()];
        for (int i = 0; i < extents.length; i++) {
            extents[i] = shape.get(i).asLong();
        }
        return extents;
    }

    @Override
    public void copyTo(String name, MemorySegment target) {
        JsonNode offsets = tensor(name).get("data_offsets");
        target.copyFrom(data.asSlice(offsets.get(0).asLong(), offsets.get(1).asLong() - offsets.get(0).asLong()));
    }

    @Override
    public void close() {}
}
