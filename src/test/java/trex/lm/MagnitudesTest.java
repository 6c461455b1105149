package trex.lm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Precision;

/// Adapters with magnitudes on every family, against their merged weights; gradients are in
/// [SlowDecoderParityTest].
class MagnitudesTest {
    private static final Method.Lora DORA = new Method.Lora(2, 4, LoraTargets.ALL_LINEAR).withMagnitudes(true);
    private static final PackedBatch BATCH = PromptBatch.of(List.of(
            new int[] {1, 2, 3, 4, 5, 6}, new int[] {1, 2, 3, 9}, new int[] {30, 31, 32, 33, 34})).packed();

    @ParameterizedTest
    @MethodSource("trex.lm.FamilyShapesTest#shapes")
    void theyChangeNothingBeforeTheFirstStep(ModelConfig config) throws Exception {
        ModelWeights weights = new LoudWeights(config);
        try (LanguageModel untouched = LanguageModel.frozen(weights, Precision.FP32);
                LanguageModel model = LanguageModel.tunable(weights, Precision.FP32, DORA, 1)) {
            Tensors.assertClose(model.logits(BATCH), untouched.logits(BATCH), 1e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("trex.lm.FamilyShapesTest#shapes")
    void theModelIsThatOfItsMergedWeights(ModelConfig config) throws Exception {
        ModelWeights weights = new LoudWeights(config);
        try (LanguageModel model = LanguageModel.tunable(weights, Precision.FP32, DORA.withFrozenLayers(1), 1)) {
            model.trainable().forEach(Waves::fill);
            try (LanguageModel merged = LanguageModel.frozen(TunedWeights.of(weights, model), Precision.FP32)) {
                Tensors.assertClose(model.logits(BATCH), merged.logits(BATCH), 1e-4);
                assertThat(written(model)).isDeepEqualTo(written(merged));
            }
        }
    }

    private static int[][] written(LanguageModel model) throws InterruptedException {
        return new Generator(model, Set.of(), new Sampling.Greedy())
                .write(List.of(new int[] {1, 2, 3}, new int[] {9, 8}), 6, Generator.TokenListener.SILENT)
                .toArray(int[][]::new);
    }
}
