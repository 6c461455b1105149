package trex.lm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.Set;

/// Random weights large enough that attention is sharp and caps bite; no norm or bias is idle.
record LoudWeights(ModelConfig config) implements ModelWeights {
    @Override
    public Set<String> names() {
        return new WeightLayout(config).shapes().keySet();
    }

    @Override
    public long[] shape(String name) {
        long[] shape = new WeightLayout(config).shapes().get(name);
        if (shape == null) {
            throw new IllegalArgumentException(name);
        }
        return shape;
    }

    @Override
    public void copyTo(String name, MemorySegment target) {
        Random random = new Random(name.hashCode());
        for (long i = 0; i < target.byteSize() / Float.BYTES; i++) {
            target.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i, (float) (0.5 * random.nextGaussian()));
        }
    }

    @Override
    public void close() {}
}
