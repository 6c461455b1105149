package trex.bench.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trex.lm.ModelConfig;
import trex.lm.PackedBatch;
import trex.lm.Segment;
import trex.model.LoraTargets;
import trex.model.Method;

class StepMathTest {
    private static final ModelConfig TINY = new ModelConfig(10, 4, 1, 2, 1, 2, 8, 64, 1e-5, 10_000, true);

    @Test
    void aTokenIsChargedForTheTokensThatItSees() {
        PackedBatch batch = new PackedBatch(
                new int[5], new int[5], List.of(new Segment(0, 2, Segment.NONE), new Segment(2, 3, 0)),
                new int[] {4}, new int[] {1}, new float[] {1});
        double linear = 4 * 4 * 2 + 4 * 2 * 2 + 3 * 4 * 8; // q, o; k, v; gate, up, down
        double pairs = 3 + 3 * 2 + 6;
        double head = 10 * 4;
        double full = 2 * (3 * (linear * 5 + head) + 3 * 2 * pairs * 4);
        assertThat(StepMath.operations(TINY, new Method.Full(), batch)).isEqualTo(full);
        double adapters = 2 * (4 + 4) + 2 * (4 + 2);
        double lora = 2 * (2 * (linear * 5 + head) + 3 * 2 * pairs * 4 + 3 * adapters * 5);
        assertThat(StepMath.operations(TINY, new Method.Lora(2, 4, LoraTargets.QUERY_VALUE), batch)).isEqualTo(lora);
    }
}
