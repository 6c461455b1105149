package trex.lm.graph;

/// Torch's numbers of its element types.
final class ScalarType {
    static final int FP32 = 6;
    static final int BF16 = 15;

    private ScalarType() {}
}
