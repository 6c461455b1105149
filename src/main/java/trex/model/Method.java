package trex.model;

/// Which weights are trained.
public sealed interface Method {
    /// Low-rank adapters (Hu et al. 2021, arXiv 2106.09685): `W x + (alpha / rank) B A x`.
    ///
    /// @param rank inner dimension, `1..512`
    /// @param alpha scale numerator, above 0
    record Lora(int rank, double alpha, LoraTargets targets) implements Method {
        public Lora {
            if (rank < 1 || rank > 512) {
                throw new IllegalArgumentException("lora: rank must be 1..512, got " + rank);
            }
            if (!(alpha > 0)) {
                throw new IllegalArgumentException("lora: alpha must be above 0, got " + alpha);
            }
        }

        public double scale() {
            return alpha / rank;
        }
    }

    /// Every weight is trained.
    record Full() implements Method {}
}
