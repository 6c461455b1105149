package trex.lm.text;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import trex.lm.Tokenizer;
import trex.lm.UnreadableModel;

/// Reads the tokenizer of llama2.c: the longest piece's length, then score, length and bytes of each.
public final class Llama2cText {
    private static final int LARGEST = 64_000_000;

    /// Stories begin with this id and no other ends them.
    private static final int START = 1;

    private Llama2cText() {}

    /// The tokenizer in the model file's folder: `tok<vocabulary>.bin` or `tokenizer.bin`.
    public static Tokenizer beside(Path model, int vocabulary) throws UnreadableModel {
        for (String name : new String[] {"tok" + vocabulary + ".bin", "tokenizer.bin"}) {
            Path file = model.resolveSibling(name);
            if (Files.isRegularFile(file)) {
                return read(file, vocabulary);
            }
        }
        throw new UnreadableModel(model, "its tokenizer, tok" + vocabulary + ".bin or tokenizer.bin, is not beside it");
    }

    private static Tokenizer read(Path file, int vocabulary) throws UnreadableModel {
        try {
            if (Files.size(file) > LARGEST) {
                throw new UnreadableModel(file, "it has " + Files.size(file) + " bytes, far more than a tokenizer needs");
            }
            return parse(file, ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN), vocabulary);
        } catch (IOException e) {
            throw new UnreadableModel(file, "the disk refuses: " + e.getMessage(), e);
        } catch (BufferUnderflowException e) {
            throw new UnreadableModel(file, "it is cut short, or no tokenizer of " + vocabulary + " tokens", e);
        }
    }

    private static Tokenizer parse(Path file, ByteBuffer in, int vocabulary) throws UnreadableModel {
        in.getInt(); // the longest piece's length
        List<String> pieces = new ArrayList<>();
        double[] scores = new double[Math.min(vocabulary, in.remaining())];
        for (int id = 0; id < vocabulary; id++) {
            float score = in.getFloat();
            int length = in.getInt();
            if (length < 0 || length > in.remaining()) {
                throw new UnreadableModel(file, "it is cut short or damaged: token " + id + " would be " + length + " bytes long");
            }
            byte[] piece = new byte[length];
            in.get(piece);
            pieces.add(new String(piece, StandardCharsets.UTF_8));
            scores[id] = score;
        }
        if (in.hasRemaining()) {
            throw new UnreadableModel(file, "it goes on after the model's " + vocabulary + " tokens; it belongs to another model");
        }
        return new SentencePieces(pieces, scores, List.of(0, 1, 2), true, START, OptionalInt.of(START));
    }
}
