package trex.lm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Untrained weights of a given shape: normal with deviation 0.02, the two projections that write
/// to the residual stream scaled down by `sqrt(2 * layers)` (Radford et al. 2019, GPT-2), norms
/// that change nothing. The same seed gives the same bits.
public final class RandomWeights implements ModelWeights {
    private static final double DEVIATION = 0.02;
    private final ModelConfig config;
    private final long seed;
    private final Map<String, long[]> shapes;

    public RandomWeights(ModelConfig config, long seed) {
        this.config = config;
        this.seed = seed;
        this.shapes = new WeightLayout(config).shapes();
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public Set<String> names() {
        return Set.copyOf(shapes.keySet());
    }

    @Override
    public long[] shape(String name) {
        long[] shape = shapes.get(name);
        if (shape == null) {
            throw new IllegalArgumentException("no tensor \"" + name + "\" in a model of this shape");
        }
        return shape.clone();
    }

    @Override
    public void copyTo(String name, MemorySegment target) {
        boolean vector = shape(name).length == 1;
        float all = name.endsWith(".bias") || config.family().isGemma() ? 0 : 1; // Gemma's norms add 1 themselves
        double deviation = writesToResidual(name) ? DEVIATION / Math.sqrt(2.0 * config.layers()) : DEVIATION;
        Random random = new Random(seed * 31 + name.hashCode());
        long elements = target.byteSize() / Float.BYTES;
        for (long i = 0; i < elements; i++) {
            target.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i,
                    vector ? all : (float) (deviation * random.nextGaussian()));
        }
    }

    @Override
    public void close() {
        // nothing is held
    }

    private static boolean writesToResidual(String name) {
        return name.endsWith("o_proj.weight") || name.endsWith("down_proj.weight");
    }
}
