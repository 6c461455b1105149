package trex.model;

/// What makes the vectors by which texts are compared.
public enum Embedding {
    /// Weighted words and pairs of words, hashed into a vector: needs no model.
    HASHED,
    /// The language model's service that is configured.
    MODEL
}
