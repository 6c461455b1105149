package trex.lm;

import org.jspecify.annotations.Nullable;

/// A base model opened from its files.
///
/// @param chat null where the files name no chat template
public record BaseModel(ModelWeights weights, Tokenizer tokenizer, @Nullable ChatTemplate chat)
        implements AutoCloseable {
    public ModelConfig config() {
        return weights.config();
    }

    @Override
    public void close() {
        tokenizer.close();
        weights.close();
    }
}
