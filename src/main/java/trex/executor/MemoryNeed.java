package trex.executor;

import trex.lm.ModelConfig;
import trex.lm.Projection;
import trex.model.Method;
import trex.model.Precision;
import trex.model.Quantization;
import trex.model.Recipe;

/// An estimate of what a training takes at its peak, in bytes; pure, from the shapes alone.
///
/// Checked against measured peaks of SmolLM2-135M: see `MemoryNeedTest`.
///
/// @param weights the base weights in their precision
/// @param training gradients, the optimizer's moments, and what the adapters themselves take
/// @param activations what one packed row keeps for the backward pass
record MemoryNeed(long weights, long training, long activations) {
    /// Java, the numeric library and its buffers (measured).
    static final long RUNTIME = 450L << 20;

    private static final int FP32_BYTES = 4;
    private static final int BF16_BYTES = 2;

    /// Widths that a layer keeps a token: inputs of norms and projections, attention's operands.
    private static final int WIDTHS = 8;
    /// Inner widths that a layer keeps a token: gate, up, their product and the gate's derivative.
    private static final int INNERS = 5;

    /// @param precision `FP32` or `BF16`
    /// @param tokens longest packed row
    /// @param length longest example, which bounds the attention's square
    /// @param recomputes whether only the layers' inputs are kept, and one layer's activations at a time
    static MemoryNeed of(ModelConfig config, Recipe recipe, Precision precision, int tokens, int length, boolean recomputes) {
        boolean full = recipe.method() instanceof Method.Full;
        int bytes = precision == Precision.BF16 ? BF16_BYTES : FP32_BYTES;
        long trainable = ModelSize.trainable(config, recipe.method());
        long weights = ModelSize.baseBytes(config, Quantization.of(recipe.method()), bytes)
                + (full ? trainable * (FP32_BYTES - bytes) : 0);
        // Gradients and moments; adapters also lie there themselves.
        long training = FP32_BYTES * (trainable * (full ? 1 : 2) + ModelSize.moments(config, recipe)
                + ModelSize.start(config, recipe.method()));
        int layers = config.layers() - recipe.method().frozenLayers(); // what is frozen keeps nothing
        long perToken = (long) WIDTHS * config.width() + (long) INNERS * config.inner() + (long) config.heads() * length;
        perToken += scaledOutputs(config, recipe.method());
        long kept = recomputes ? (long) layers * config.width() + perToken : layers * perToken;
        return new MemoryNeed(weights, training, kept * tokens * bytes);
    }

    /// Outputs that a layer keeps a token because magnitudes scale them.
    private static long scaledOutputs(ModelConfig config, Method method) {
        return method instanceof Method.Lora lora && lora.magnitudes()
                ? Projection.of(lora.targets(), config).stream().mapToLong(projection -> projection.out(config)).sum()
                : 0;
    }

    /// What measuring a model takes, whose forward pass keeps nothing.
    static MemoryNeed ofMeasuring(ModelConfig config, Precision precision, Quantization base) {
        int bytes = precision == Precision.BF16 ? BF16_BYTES : FP32_BYTES;
        boolean laidOut = base == Quantization.NONE && config.tiedEmbeddings(); // the head, apart from the embedding
        long head = laidOut ? (long) config.vocabulary() * config.width() * bytes : 0;
        return new MemoryNeed(ModelSize.baseBytes(config, base, bytes) + head, 0, 0);
    }

    long total() {
        return RUNTIME + weights + training + activations;
    }

    /// The numbers in words, for the person.
    @Override
    public String toString() {
        return new ByteCount(total()) + " (weights " + new ByteCount(weights) + ", optimizer " + new ByteCount(training)
                + ", activations " + new ByteCount(activations) + ", runtime " + new ByteCount(RUNTIME) + ")";
    }
}
