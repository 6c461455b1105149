package trex.data.asking;

/// A model with what may be asked of it.
///
/// @param parallel questions that are under way at a time, `1..64`
/// @param tokens of questions and answers that one preparation of training rows may pay for
public record AskedModel(TextModel model, int parallel, long tokens) {
    public AskedModel {
        if (parallel < 1 || parallel > 64) {
            throw new IllegalArgumentException("language model: parallel questions must be 1..64, got " + parallel);
        }
        if (tokens < 1) {
            throw new IllegalArgumentException("language model: tokens must be at least 1, got " + tokens);
        }
    }
}
