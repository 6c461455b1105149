package trex.executor;

import java.util.Set;
import trex.lm.ModelConfig;
import trex.lm.Projection;
import trex.model.ByteCount;
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
    static final long RUNTIME = 330L << 20;

    private static final int FP32_BYTES = 4;
    private static final int BF16_BYTES = 2;

    /// Widths that a layer keeps a token: what enters its norms, queries, keys and values.
    private static final int WIDTHS = 4;
    /// Inner widths that a layer keeps a token: gate, its activation, up.
    private static final int INNERS = 3;
    /// More widths where norms are trained.
    private static final int NORMS = 2;

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
        long perToken = perToken(config, recipe.method(), length);
        long kept = recomputes ? (long) layers * config.width() + perToken : layers * perToken;
        long rounded = full && bytes < FP32_BYTES && !recomputes ? trainable * bytes : 0; // what products read
        return new MemoryNeed(weights, training, kept * tokens * bytes + rounded);
    }

    /// Numbers that a layer keeps a token for the backward pass.
    private static long perToken(ModelConfig config, Method method, int length) {
        long always = (long) WIDTHS * config.width() + (long) INNERS * config.inner() + (long) config.heads() * length;
        return always + trainedInputs(config, method) + scaledOutputs(config, method);
    }

    /// Inputs that a layer keeps because a gradient of what multiplies them is needed.
    private static long trainedInputs(ModelConfig config, Method method) {
        if (!(method instanceof Method.Lora lora)) {
            return (long) (NORMS + 2) * config.width() + Projection.OUTPUT.in(config) + config.inner();
        }
        Set<Projection> targets = Projection.of(lora.targets(), config);
        long attention = targets.contains(Projection.VALUE) ? config.width() : 0;
        long output = targets.contains(Projection.OUTPUT) ? Projection.OUTPUT.in(config) : 0;
        long inner = targets.contains(Projection.UP) ? config.width() + config.inner() : 0;
        return attention + output + inner;
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
