package trex.model;

/// What the scale of low-rank adapters is divided by.
public enum LoraScaling {
    RANK,
    /// Keeps the gradient's size where the rank is large (rsLoRA, Kalajdzievski 2023, arXiv
    /// 2312.03732).
    ROOT_OF_RANK
}
