package trex.executor;

import java.util.List;
import java.util.Map;
import trex.lm.AdapterLayout;
import trex.lm.ModelConfig;
import trex.lm.Moment;
import trex.lm.Projection;
import trex.lm.QuantizedMatrix;
import trex.lm.WeightLayout;
import trex.model.LoraInit;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Quantization;
import trex.model.Recipe;

/// Numbers of parameters, from the shape alone.
final class ModelSize {
    private ModelSize() {}

    /// All weights of the model, tied ones counted once.
    static long parameters(ModelConfig config) {
        return new WeightLayout(config).parameters();
    }

    /// What a base takes, and where it is quantised the one matrix of it that is wide at a time.
    ///
    /// @param bytes of a number that is not quantised
    static long baseBytes(ModelConfig config, Quantization base, int bytes) {
        long plain = parameters(config) * bytes;
        if (base == Quantization.NONE) {
            return plain;
        }
        long widest = 0;
        for (Projection projection : Projection.of(LoraTargets.ALL_LINEAR, config)) {
            QuantizedMatrix matrix = new QuantizedMatrix(base, projection.out(config), projection.in(config));
            long wide = matrix.rows() * matrix.columns() * bytes;
            plain -= config.layers() * (wide - matrix.bytes());
            widest = Math.max(widest, wide);
        }
        return plain + widest;
    }

    /// What the method trains.
    static long trainable(ModelConfig config, Method method) {
        long numbers = 0;
        for (long[] shape : shapes(config, method)) {
            numbers += shape.length == 1 ? shape[0] : shape[0] * shape[1];
        }
        return numbers;
    }

    /// What the optimizer keeps between steps.
    static long moments(ModelConfig config, Recipe recipe) {
        return shapes(config, recipe.method()).stream()
                .mapToLong(shape -> Moment.elements(recipe.optimization().optimizer(), shape))
                .sum();
    }

    /// What was trained and the optimizer's moments, in fp32, and what the base lost to adapters.
    static long checkpointBytes(ModelConfig config, Recipe recipe) {
        return Float.BYTES
                * (trainable(config, recipe.method()) + moments(config, recipe) + start(config, recipe.method()));
    }

    /// Numbers that a base has lost to its adapters and that are kept beside them.
    static long start(ModelConfig config, Method method) {
        return method instanceof Method.Lora lora && lora.init() == LoraInit.PRINCIPAL ? trainable(config, lora) : 0;
    }

    private static List<long[]> shapes(ModelConfig config, Method method) {
        return switch (method) {
            case Method.Full(int frozenLayers) -> {
                WeightLayout layout = new WeightLayout(config);
                Map<String, long[]> shapes = layout.shapes();
                yield layout.trainable(frozenLayers).stream().map(shapes::get).toList();
            }
            case Method.Lora lora -> List.copyOf(AdapterLayout.of(lora, config).shapes(config).values());
        };
    }
}
