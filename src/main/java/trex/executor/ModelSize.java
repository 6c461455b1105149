package trex.executor;

import trex.lm.ModelConfig;
import trex.lm.Projection;
import trex.lm.WeightLayout;
import trex.model.Method;

/// Numbers of parameters, from the shape alone.
final class ModelSize {
    private ModelSize() {}

    /// All weights of the model, tied ones counted once.
    static long parameters(ModelConfig config) {
        return new WeightLayout(config).parameters();
    }

    /// What the method trains.
    static long trainable(ModelConfig config, Method method) {
        return switch (method) {
            case Method.Full _ -> parameters(config);
            case Method.Lora lora -> adapters(config, lora);
        };
    }

    private static long adapters(ModelConfig config, Method.Lora lora) {
        long layer = 0;
        for (Projection projection : Projection.of(lora.targets(), config)) {
            layer += (long) lora.rank() * (projection.in(config) + projection.out(config));
        }
        return config.layers() * layer;
    }
}
