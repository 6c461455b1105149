package trex.data.asking;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trex.fetch.Sha256;
import trex.json.Json;

/// Keeps a model's answers in a folder, each in a file that is named by the digest of model and
/// question: what was asked before costs nothing and is the same for ever. The first answer stands.
public final class CachedModel implements TextModel {
    private final TextModel model;
    private final Path folder;

    /// @param folder made where it is not there
    public CachedModel(TextModel model, Path folder) {
        this.model = model;
        this.folder = folder;
    }

    @Override
    public String identity() {
        return model.identity();
    }

    @Override
    public String embedder() {
        return model.embedder();
    }

    @Override
    public Reply<String> complete(String question, int tokens) throws InterruptedException {
        Path file = file(List.of("answer", model.identity(), tokens, question));
        try {
            if (Files.exists(file)) {
                return new Reply.Answered<>(Files.readString(file), 0);
            }
            Reply<String> reply = model.complete(question, tokens);
            return reply instanceof Reply.Answered<String>(String text, long paid)
                    ? new Reply.Answered<>(text(keep(file, text.getBytes(StandardCharsets.UTF_8))), paid)
                    : reply;
        } catch (IOException e) {
            return new Reply.Unreachable<>(unusable(e));
        }
    }

    @Override
    public Reply<List<float[]>> embed(List<String> texts) throws InterruptedException {
        try {
            Map<String, float[]> known = new LinkedHashMap<>();
            List<String> unknown = new ArrayList<>();
            for (String text : texts) {
                Path file = vectorFile(text);
                if (Files.exists(file)) {
                    known.put(text, floats(Files.readAllBytes(file)));
                } else if (!unknown.contains(text)) {
                    unknown.add(text);
                }
            }
            Reply<List<float[]>> reply = unknown.isEmpty() ? new Reply.Answered<>(List.of(), 0) : model.embed(unknown);
            if (!(reply instanceof Reply.Answered<List<float[]>>(var vectors, long paid))) {
                return reply;
            }
            for (int i = 0; i < unknown.size(); i++) {
                known.put(unknown.get(i), floats(keep(vectorFile(unknown.get(i)), bytes(vectors.get(i)))));
            }
            return new Reply.Answered<>(texts.stream().map(text -> known.getOrDefault(text, new float[0])).toList(), paid);
        } catch (IOException e) {
            return new Reply.Unreachable<>(unusable(e));
        }
    }

    private String unusable(IOException e) {
        return "the folder " + folder + " that keeps a language model's answers cannot be used: " + e.getMessage();
    }

    private Path vectorFile(String text) {
        return file(List.of("embedding", model.embedder(), text));
    }

    private Path file(List<Object> what) {
        try {
            String name = Sha256.of(Json.mapper().writeValueAsBytes(what));
            return folder.resolve(name.substring(0, 2)).resolve(name);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are made to be written", e);
        }
    }

    /// Writes an answer unless there is one already, and yields the one that stands.
    private static byte[] keep(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Path part = Files.createTempFile(file.getParent(), "part", "");
        try {
            Files.write(part, content);
            Files.createLink(file, part);
            return content;
        } catch (FileAlreadyExistsException e) {
            return Files.readAllBytes(file);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * vector.length);
        bytes.asFloatBuffer().put(vector);
        return bytes.array();
    }

    private static float[] floats(byte[] bytes) {
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(vector);
        return vector;
    }
}
