package trex.lm;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Adapters as PEFT starts them: A uniform in `±1/sqrt(in)` (Kaiming with a = sqrt 5), B zero, so
/// that the first step starts from the base model. Magnitudes are left at zero: they are read off
/// the weights.
final class LoraStart {
    private LoraStart() {}

    static List<FloatTensor> fill(AdapterLayout layout, ModelConfig config, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<FloatTensor> tensors = new ArrayList<>();
        layout.shapes(config).forEach((name, shape) -> tensors.add(new FloatTensor(name, shape,
                name.endsWith(AdapterLayout.A) ? uniform(random, shape) : new float[elements(shape)])));
        return tensors;
    }

    private static float[] uniform(SplittableRandom random, long[] shape) {
        double bound = 1 / Math.sqrt(shape[1]);
        float[] values = new float[elements(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-bound, bound);
        }
        return values;
    }

    private static int elements(long[] shape) {
        return Math.toIntExact(FloatTensor.elements(shape));
    }
}
