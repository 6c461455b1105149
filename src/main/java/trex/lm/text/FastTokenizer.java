package trex.lm.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import trex.lm.Tokenizer;
import trex.lm.UnreadableModel;

/// The tokenizer of a `tokenizer.json`, run by Hugging Face's own library.
public final class FastTokenizer implements Tokenizer {
    private static final Map<String, String> PLAIN =
            Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

    private final HuggingFaceTokenizer library;
    private final String json;
    private final int vocabulary;
    private final int endOfText;
    private final OptionalInt startOfText;

    private FastTokenizer(HuggingFaceTokenizer library, String json, int vocabulary, int endOfText, OptionalInt startOfText) {
        this.library = library;
        this.json = json;
        this.vocabulary = vocabulary;
        this.endOfText = endOfText;
        this.startOfText = startOfText;
    }

    /// @param path the file that the JSON came from, for errors
    static FastTokenizer of(Path path, String json, int vocabulary, int endOfText, OptionalInt startOfText)
            throws UnreadableModel {
        try {
            HuggingFaceTokenizer library = HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), PLAIN);
            return new FastTokenizer(library, json, vocabulary, endOfText, startOfText);
        } catch (IOException | RuntimeException e) { // the library reports damage as a RuntimeException
            throw new UnreadableModel(path, "its tokenizer is damaged: " + e.getMessage(), e);
        }
    }

    /// The `tokenizer.json` behind it.
    public String json() {
        return json;
    }

    @Override
    public int vocabulary() {
        return vocabulary;
    }

    @Override
    public int[] encode(String text) {
        return Arrays.stream(library.encode(text, false, false).getIds()).mapToInt(Math::toIntExact).toArray();
    }

    @Override
    public String decode(int... ids) {
        return library.decode(wide(ids), true);
    }

    /// The text of ids, special tokens written out.
    public String decodeVerbatim(int... ids) {
        return library.decode(wide(ids), false);
    }

    @Override
    public int endOfText() {
        return endOfText;
    }

    @Override
    public OptionalInt startOfText() {
        return startOfText;
    }

    @Override
    public void close() {
        library.close();
    }

    private static long[] wide(int[] ids) {
        return Arrays.stream(ids).asLongStream().toArray();
    }
}
