package trex.lm.graph;

/// How the matrices of linear layers lie in memory.
public enum Matrices {
    /// Each by itself, as the layout of weights names them.
    APART,
    /// Those of one input one above the other, in the place of the first; nothing can then train them.
    JOINT,
    /// The same as [PackedMatrices] lays them; nothing can then be trained.
    PACKED
}
