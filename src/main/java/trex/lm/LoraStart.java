package trex.lm;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Adapters as PEFT starts them: A uniform in `±1/sqrt(in)` (Kaiming with a = sqrt 5), B zero, so
/// that the first step starts from the base model.
final class LoraStart {
    private LoraStart() {}

    static List<FloatTensor> fill(AdapterLayout layout, ModelConfig config, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> names = layout.names(config.layers());
        List<FloatTensor> tensors = new ArrayList<>(names.size());
        for (int layer = 0; layer < config.layers(); layer++) {
            for (Projection projection : layout.projections()) {
                int in = projection.in(config);
                int out = projection.out(config);
                tensors.add(new FloatTensor(
                        names.get(tensors.size()), new long[] {layout.rank(), in}, uniform(random, layout.rank() * in, in)));
                tensors.add(new FloatTensor(
                        names.get(tensors.size()), new long[] {out, layout.rank()}, new float[out * layout.rank()]));
            }
        }
        return tensors;
    }

    private static float[] uniform(SplittableRandom random, int size, int in) {
        double bound = 1 / Math.sqrt(in);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble(-bound, bound);
        }
        return values;
    }
}
