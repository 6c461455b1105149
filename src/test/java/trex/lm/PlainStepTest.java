package trex.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Precision;

class PlainStepTest {
    private static final ModelConfig CONFIG = new ModelConfig(64, 32, 2, 4, 2, 8, 48, 40, 1e-5, 10_000, true);
    private static final int[][] ROWS = {{1, 2, 3, 4, 5, 6, 7}, {9, 8, 7, 60, 5, 4, 3}};

    @Test
    void theControlComputesTheLossAndTheGradientThatItIsTheControlOf() throws Exception {
        Method.Lora lora = new Method.Lora(2, 4, LoraTargets.QUERY_VALUE);
        try (PlainStep plain = new PlainStep(new RandomWeights(CONFIG, 3), AdapterLayout.of(lora, CONFIG), 5);
                LanguageModel model = LanguageModel.tunable(new RandomWeights(CONFIG, 3), Precision.FP32, lora, 5)) {
            model.optimizer();
            double loss = model.grads(packed(), false);
            assertThat(plain.grads(ROWS)).isCloseTo(loss, within(1e-4));
            assertThat(plain.gradientNorm()).isCloseTo(Tensors.norm(model.gradients()), within(1e-5));
        }
    }

    private static PackedBatch packed() {
        int length = ROWS[0].length - 1;
        int[] ids = Arrays.stream(ROWS).flatMapToInt(r -> Arrays.stream(r).limit(length)).toArray();
        int[] labels = Arrays.stream(ROWS).flatMapToInt(r -> Arrays.stream(r).skip(1)).toArray();
        int[] positions = IntStream.range(0, 2 * length).map(i -> i % length).toArray();
        float[] weights = new float[2 * length];
        Arrays.fill(weights, 1);
        return new PackedBatch(ids, positions, List.of(new Segment(0, length, Segment.NONE), new Segment(length, length, Segment.NONE)),
                IntStream.range(0, 2 * length).toArray(), labels, weights);
    }
}
