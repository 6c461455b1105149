package trex.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Precision;

class EmbeddingNoiseTest {
    private static final ModelConfig SHAPE = new ModelConfig(40, 24, 2, 6, 2, 6, 20, 64, 1e-5, 10_000, false);
    private static final EmbeddingNoise NOISE = new EmbeddingNoise(5, 3);
    private static final PackedBatch BATCH = labelled(PromptBatch.of(List.of(
            new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, new int[] {20, 21, 22, 23})).packed());

    private static PackedBatch labelled(PackedBatch packed) {
        return new PackedBatch(packed.ids(), packed.positions(), packed.segments(), packed.rows(),
                new int[] {5, 6}, new float[] {0.5f, 0.5f});
    }

    @Test
    void itFillsTheRangeThatTheLongestTextGivesIt() {
        float[] noise = NOISE.on(BATCH, 24);
        double most = 5 / Math.sqrt(11 * 24);
        double largest = 0;
        double square = 0;
        for (float value : noise) {
            largest = Math.max(largest, Math.abs(value));
            square += (double) value * value;
        }
        assertThat(noise).hasSize(BATCH.tokens() * 24);
        assertThat(largest).isBetween(0.97 * most, most);
        assertThat(Math.sqrt(square / noise.length)).isCloseTo(most / Math.sqrt(3), within(0.05 * most));
    }

    @Test
    void theSameSeedGivesTheSameNoise() {
        assertThat(NOISE.on(BATCH, 24)).isEqualTo(NOISE.on(BATCH, 24));
        assertThat(NOISE.on(BATCH, 24)).isNotEqualTo(new EmbeddingNoise(5, 4).on(BATCH, 24));
    }

    /// No token occurs twice, so each row of the embedding may carry its token's noise.
    @Test
    void theGradientsAreThoseOfEmbeddingsWithTheNoise() throws Exception {
        for (Method method : List.of(new Method.Full(), new Method.Lora(3, 6, LoraTargets.ALL_LINEAR))) {
            ModelWeights plain = new LoudWeights(SHAPE);
            try (LanguageModel model = LanguageModel.tunable(plain, Precision.FP32, method, 1);
                    LanguageModel noisy = LanguageModel.tunable(new Noisy(plain), Precision.FP32, method, 1)) {
                assertThat(model.optimizer()).isNotNull();
                assertThat(noisy.optimizer()).isNotNull();
                for (boolean checkpointed : new boolean[] {false, true}) {
                    double loss = model.grads(BATCH, checkpointed, NOISE);
                    assertThat(loss).isCloseTo(noisy.grads(BATCH, checkpointed), within(1e-5));
                    assertThat(loss).isNotCloseTo(model.loss(BATCH), within(1e-3));
                }
                for (int g = 0; g < model.gradients().size(); g++) {
                    Tensors.assertClose(model.gradients().get(g), noisy.gradients().get(g), 1e-4);
                }
            }
        }
    }

    private record Noisy(ModelWeights base) implements ChangedWeights {
        @Override
        public void copyTo(String name, MemorySegment target) throws UnreadableModel {
            base.copyTo(name, target);
            float[] noise = NOISE.on(BATCH, SHAPE.width());
            for (int i = 0; i < noise.length && name.equals(WeightLayout.EMBEDDING); i++) {
                long at = 4L * (BATCH.ids()[i / SHAPE.width()] * SHAPE.width() + i % SHAPE.width());
                float before = target.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at);
                target.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at, before + noise[i]);
            }
        }

        @Override
        public void close() {
            base.close();
        }
    }
}
