package trex.model;

/// Which weights are trained.
public sealed interface Method {
    /// Low-rank adapters (Hu et al. 2021, arXiv 2106.09685): `W x + scale B A x`.
    ///
    /// @param rank inner dimension, `1..512`
    /// @param alpha scale numerator, above 0
    /// @param scaling what alpha is divided by
    record Lora(int rank, double alpha, LoraTargets targets, LoraScaling scaling) implements Method {
        public Lora {
            if (rank < 1 || rank > 512) {
                throw new IllegalArgumentException("lora: rank must be 1..512, got " + rank);
            }
            if (!(alpha > 0)) {
                throw new IllegalArgumentException("lora: alpha must be above 0, got " + alpha);
            }
        }

        /// Scaled by the rank.
        public Lora(int rank, double alpha, LoraTargets targets) {
            this(rank, alpha, targets, LoraScaling.RANK);
        }

        public double scale() {
            return alpha / switch (scaling) {
                case RANK -> rank;
                case ROOT_OF_RANK -> Math.sqrt(rank);
            };
        }
    }

    /// Every weight is trained.
    record Full() implements Method {}
}
