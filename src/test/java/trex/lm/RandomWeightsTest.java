package trex.lm;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class RandomWeightsTest {
    private static final ModelConfig TINY = new ModelConfig(32, 8, 2, 2, 1, 4, 16, 64, 1e-5, 10_000, true);

    @Test
    void theSameSeedGivesTheSameBits() {
        assertThat(read(7, "model.layers.1.mlp.up_proj.weight")).isEqualTo(read(7, "model.layers.1.mlp.up_proj.weight"));
        assertThat(read(7, "model.layers.1.mlp.up_proj.weight")).isNotEqualTo(read(8, "model.layers.1.mlp.up_proj.weight"));
    }

    @Test
    void aTiedModelHasNoOutputProjection() {
        assertThat(new RandomWeights(TINY, 1).names()).hasSize(2 * 9 + 2).doesNotContain("lm_head.weight");
    }

    @Test
    void normsStartAtOne() {
        assertThat(read(1, "model.norm.weight")).containsOnly(1f);
    }

    private static float[] read(long seed, String name) {
        RandomWeights weights = new RandomWeights(TINY, seed);
        int elements = 1;
        for (long size : weights.shape(name)) {
            elements *= (int) size;
        }
        float[] values = new float[elements];
        weights.copyTo(name, MemorySegment.ofArray(values));
        return MemorySegment.ofArray(values).toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
    }
}
