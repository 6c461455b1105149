package trex.model;

/// How the learning rate falls after warm-up.
public enum Schedule {
    CONSTANT,
    /// Straight down to zero.
    LINEAR,
    /// Half a cosine down to zero.
    COSINE,
    /// The peak for four fifths of the way, then straight down to zero (Hu et al. 2024, MiniCPM,
    /// arXiv 2404.06395).
    STABLE_DECAY
}
