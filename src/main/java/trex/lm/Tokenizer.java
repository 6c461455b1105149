package trex.lm;

import java.util.OptionalInt;

/// Text to token ids and back. Thread-safe.
public interface Tokenizer extends AutoCloseable {
    /// Number of ids, special tokens included.
    int vocabulary();

    /// The ids of a text. Special tokens written out in the text (`<|im_start|>`) become their
    /// ids; none are added before or after it.
    int[] encode(String text);

    /// The text of ids, special tokens left out.
    String decode(int... ids);

    /// The id that ends a text or a chat turn.
    int endOfText();

    /// The id that a plain text starts with, where the model was trained that way. A rendered chat
    /// gets none: templates write it themselves.
    default OptionalInt startOfText() {
        return OptionalInt.empty();
    }

    /// Releases what lies outside the Java heap.
    @Override
    default void close() {}
}
