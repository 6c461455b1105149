package trex.data.asking;

import java.util.List;

/// A language model that data recipes ask. Implementations may be asked by several threads at once.
public interface TextModel {
    /// Names where and what it is: all that an answer depends on beside the question.
    String identity();

    /// The same of the model that makes embeddings.
    String embedder();

    /// Asks for the likeliest answer (temperature 0).
    ///
    /// @param tokens length of the answer at most
    Reply<String> complete(String question, int tokens) throws InterruptedException;

    /// Asks for a vector for each text, all of one length.
    Reply<List<float[]>> embed(List<String> texts) throws InterruptedException;
}
