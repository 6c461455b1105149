package trex.executor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trex.lm.ModelConfig;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Precision;

class MemoryNeedTest {
    private static final ModelConfig SMOLLM2 =
            new ModelConfig(49_152, 576, 30, 9, 3, 64, 1536, 8192, 1e-5, 100_000, true);
    private static final Method LORA = new Method.Lora(8, 16, LoraTargets.QUERY_VALUE);

    @Test
    void theParametersAreThoseThatTheModelsMakersCount() {
        assertThat(ModelSize.parameters(SMOLLM2)).isEqualTo(134_515_008);
        assertThat(ModelSize.trainable(SMOLLM2, LORA)).isEqualTo(460_800);
        assertThat(ModelSize.trainable(SMOLLM2, new Method.Full())).isEqualTo(134_515_008);
    }

    @Test
    void theEstimateIsNearMeasuredPeaks() {
        assertThat(mebibytes(LORA, Precision.FP32)).isBetween(1766 * 0.8, 1766 * 1.3);
        assertThat(mebibytes(new Method.Full(), Precision.FP32)).isBetween(3160 * 0.8, 3160 * 1.3);
    }

    @Test
    void itSaysItsParts() {
        assertThat(MemoryNeed.of(SMOLLM2, LORA, Precision.FP32, 512, 256))
                .hasToString("1.8 GiB (weights 513 MiB, optimizer 7 MiB, activations 855 MiB, runtime 450 MiB)");
    }

    private static double mebibytes(Method method, Precision precision) {
        return MemoryNeed.of(SMOLLM2, method, precision, 512, 256).total() / (double) (1 << 20);
    }
}
