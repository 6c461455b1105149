package trex.executor;

import trex.lm.ModelConfig;
import trex.lm.Projection;
import trex.model.LoraTargets;
import trex.model.Method;

/// Numbers of parameters, from the shape alone.
final class ModelSize {
    private ModelSize() {}

    /// All weights of the model, tied ones counted once.
    static long parameters(ModelConfig config) {
        long width = config.width();
        long embeddings = (config.tiedEmbeddings() ? 1L : 2L) * config.vocabulary() * width;
        long layer = 2 * width; // the two norms
        for (Projection projection : Projection.of(LoraTargets.ALL_LINEAR)) {
            layer += (long) projection.in(config) * projection.out(config);
        }
        return embeddings + config.layers() * layer + width;
    }

    /// What the method trains.
    static long trainable(ModelConfig config, Method method) {
        return switch (method) {
            case Method.Full() -> parameters(config);
            case Method.Lora lora -> adapters(config, lora);
        };
    }

    private static long adapters(ModelConfig config, Method.Lora lora) {
        long layer = 0;
        for (Projection projection : Projection.of(lora.targets())) {
            layer += (long) lora.rank() * (projection.in(config) + projection.out(config));
        }
        return config.layers() * layer;
    }
}
