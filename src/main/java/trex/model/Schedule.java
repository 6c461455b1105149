package trex.model;

/// How the learning rate falls after warm-up.
public enum Schedule {
    CONSTANT,
    /// Straight down to zero.
    LINEAR,
    /// Half a cosine down to zero.
    COSINE
}
