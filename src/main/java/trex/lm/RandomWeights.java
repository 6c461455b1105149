package trex.lm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Untrained weights of a given shape: normal with deviation 0.02, the two projections that write
/// to the residual stream scaled down by `sqrt(2 * layers)` (Radford et al. 2019, GPT-2), norms
/// 1. The same seed gives the same bits.
public final class RandomWeights implements ModelWeights {
    private static final double DEVIATION = 0.02;
    private final ModelConfig config;
    private final long seed;
    private final Map<String, long[]> shapes = new LinkedHashMap<>();

    public RandomWeights(ModelConfig config, long seed) {
        this.config = config;
        this.seed = seed;
        long width = config.width();
        long queries = (long) config.heads() * config.headSize();
        long keys = (long) config.keyValueHeads() * config.headSize();
        shapes.put("model.embed_tokens.weight", shape(config.vocabulary(), width));
        for (int layer = 0; layer < config.layers(); layer++) {
            String name = "model.layers." + layer + ".";
            shapes.put(name + "input_layernorm.weight", shape(width));
            shapes.put(name + "self_attn.q_proj.weight", shape(queries, width));
            shapes.put(name + "self_attn.k_proj.weight", shape(keys, width));
            shapes.put(name + "self_attn.v_proj.weight", shape(keys, width));
            shapes.put(name + "self_attn.o_proj.weight", shape(width, queries));
            shapes.put(name + "post_attention_layernorm.weight", shape(width));
            shapes.put(name + "mlp.gate_proj.weight", shape(config.inner(), width));
            shapes.put(name + "mlp.up_proj.weight", shape(config.inner(), width));
            shapes.put(name + "mlp.down_proj.weight", shape(width, config.inner()));
        }
        shapes.put("model.norm.weight", shape(width));
        if (!config.tiedEmbeddings()) {
            shapes.put("lm_head.weight", shape(config.vocabulary(), width));
        }
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
        boolean norm = shape(name).length == 1;
        double deviation = writesToResidual(name) ? DEVIATION / Math.sqrt(2.0 * config.layers()) : DEVIATION;
        Random random = new Random(seed * 31 + name.hashCode());
        long elements = target.byteSize() / Float.BYTES;
        for (long i = 0; i < elements; i++) {
            target.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i,
                    norm ? 1f : (float) (deviation * random.nextGaussian()));
        }
    }

    @Override
    public void close() {
        // nothing is held
    }

    private static boolean writesToResidual(String name) {
        return name.endsWith("o_proj.weight") || name.endsWith("down_proj.weight");
    }

    private static long[] shape(long... sizes) {
        return sizes;
    }
}
