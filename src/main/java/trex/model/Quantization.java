package trex.model;

/// How a frozen base keeps the weights of its linear layers; they are widened a layer at a time.
public enum Quantization {
    NONE,
    /// Eight bits and a scale a row.
    INT8,
    /// Four bits of a normal distribution's quantiles and a scale a block (QLoRA, Dettmers et al.
    /// 2023, arXiv 2305.14314).
    NF4;

    /// How the method keeps the base; what is trained itself is never quantised.
    public static Quantization of(Method method) {
        return method instanceof Method.Lora lora ? lora.base() : NONE;
    }
}
