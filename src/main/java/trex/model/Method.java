package trex.model;

/// Which weights are trained.
public sealed interface Method {
    /// Lowest layers that stay as they are; embeddings stay with them where there are any.
    int frozenLayers();

    Method withFrozenLayers(int changed);

    /// Low-rank adapters (Hu et al. 2021, arXiv 2106.09685): `W x + scale B A x`.
    ///
    /// @param rank inner dimension, `1..512`
    /// @param alpha scale numerator, above 0
    /// @param scaling what alpha is divided by
    /// @param magnitudes whether the length of each output's weights is trained apart from their
    ///     direction (DoRA, Liu et al. 2024, arXiv 2402.09353)
    /// @param rateRatio learning rate of B over that of A, `1..64` (LoRA+, Hayou et al. 2024, arXiv
    ///     2402.12354)
    /// @param frozenLayers lowest layers without adapters, `0..`
    record Lora(
            int rank,
            double alpha,
            LoraTargets targets,
            LoraScaling scaling,
            boolean magnitudes,
            LoraInit init,
            double rateRatio,
            Quantization base,
            int frozenLayers)
            implements Method {
        public Lora {
            if (rank < 1 || rank > 512) {
                throw new IllegalArgumentException("lora: rank must be 1..512, got " + rank);
            }
            if (!(alpha > 0)) {
                throw new IllegalArgumentException("lora: alpha must be above 0, got " + alpha);
            }
            if (!(rateRatio >= 1 && rateRatio <= 64)) {
                throw new IllegalArgumentException("lora: rateRatio must be 1..64, got " + rateRatio);
            }
            if (init == LoraInit.PRINCIPAL && base != Quantization.NONE) {
                throw new IllegalArgumentException("lora: init = principal takes a part out of the base's weights, which"
                        + " stay as they are where they are quantised; choose init = random or base = none");
            }
            refuseNegative(frozenLayers);
        }

        /// Scaled by the rank.
        public Lora(int rank, double alpha, LoraTargets targets) {
            this(rank, alpha, targets, LoraScaling.RANK);
        }

        /// Plain adapters on every layer of an unquantised base.
        public Lora(int rank, double alpha, LoraTargets targets, LoraScaling scaling) {
            this(rank, alpha, targets, scaling, false, LoraInit.RANDOM, 1, Quantization.NONE, 0);
        }

        public double scale() {
            return alpha / switch (scaling) {
                case RANK -> rank;
                case ROOT_OF_RANK -> Math.sqrt(rank);
            };
        }

        public Lora withRank(int changed) {
            return new Lora(changed, alpha, targets, scaling, magnitudes, init, rateRatio, base, frozenLayers);
        }

        public Lora withAlpha(double changed) {
            return new Lora(rank, changed, targets, scaling, magnitudes, init, rateRatio, base, frozenLayers);
        }

        public Lora withTargets(LoraTargets changed) {
            return new Lora(rank, alpha, changed, scaling, magnitudes, init, rateRatio, base, frozenLayers);
        }

        public Lora withScaling(LoraScaling changed) {
            return new Lora(rank, alpha, targets, changed, magnitudes, init, rateRatio, base, frozenLayers);
        }

        public Lora withMagnitudes(boolean changed) {
            return new Lora(rank, alpha, targets, scaling, changed, init, rateRatio, base, frozenLayers);
        }

        public Lora withInit(LoraInit changed) {
            return new Lora(rank, alpha, targets, scaling, magnitudes, changed, rateRatio, base, frozenLayers);
        }

        public Lora withRateRatio(double changed) {
            return new Lora(rank, alpha, targets, scaling, magnitudes, init, changed, base, frozenLayers);
        }

        public Lora withBase(Quantization changed) {
            return new Lora(rank, alpha, targets, scaling, magnitudes, init, rateRatio, changed, frozenLayers);
        }

        @Override
        public Lora withFrozenLayers(int changed) {
            return new Lora(rank, alpha, targets, scaling, magnitudes, init, rateRatio, base, changed);
        }
    }

    /// Every weight is trained, but those of the lowest layers where asked.
    ///
    /// @param frozenLayers lowest layers that stay as they are, `0..`
    record Full(int frozenLayers) implements Method {
        public Full {
            refuseNegative(frozenLayers);
        }

        /// Every weight.
        public Full() {
            this(0);
        }

        @Override
        public Full withFrozenLayers(int changed) {
            return new Full(changed);
        }
    }

    private static void refuseNegative(int frozenLayers) {
        if (frozenLayers < 0) {
            throw new IllegalArgumentException("method: frozenLayers must not be negative, got " + frozenLayers);
        }
    }
}
