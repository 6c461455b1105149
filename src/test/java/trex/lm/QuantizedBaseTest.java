package trex.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Precision;
import trex.model.Quantization;

/// A quantised base is the model of its widened weights: the same logits bit for bit, since the same
/// numbers are multiplied, and the same gradients to rounding.
class QuantizedBaseTest {
    private static final PackedBatch BATCH = labelled(PromptBatch.of(List.of(
            new int[] {1, 2, 3, 4, 5, 6}, new int[] {1, 2, 3, 9}, new int[] {1, 2, 3, 4, 30})).packed());

    private static PackedBatch labelled(PackedBatch packed) {
        return new PackedBatch(packed.ids(), packed.positions(), packed.segments(), packed.rows(),
                new int[] {5, 6, 7}, new float[] {0.5f, 0.3f, 0.2f});
    }

    static Stream<Arguments> cases() {
        return FamilyShapesTest.shapes().flatMap(config -> Stream.of(
                Arguments.of(config, Quantization.INT8, Precision.FP32, LoraTargets.ATTENTION),
                Arguments.of(config, Quantization.NF4, Precision.FP32, LoraTargets.QUERY_VALUE),
                Arguments.of(config, Quantization.NF4, Precision.FP32, LoraTargets.ALL_LINEAR),
                Arguments.of(config, Quantization.INT8, Precision.BF16, LoraTargets.MLP)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itIsTheModelOfItsWidenedWeights(
            ModelConfig config, Quantization kind, Precision precision, LoraTargets targets) throws Exception {
        Method.Lora lora = new Method.Lora(3, 6, targets).withMagnitudes(targets == LoraTargets.ALL_LINEAR);
        ModelWeights weights = new LoudWeights(config);
        try (LanguageModel found = LanguageModel.tunable(weights, precision, lora.withBase(kind), 5);
                LanguageModel expected = LanguageModel.tunable(
                        new DequantizedWeights(weights, kind), precision, lora, 5)) {
            Tensors.wake(found.trainable());
            Tensors.wake(expected.trainable());
            assertThat(found.logits(BATCH)).isDeepEqualTo(expected.logits(BATCH));
            assertThat(written(found)).isEqualTo(written(expected));
            assertSameGradients(found, expected, precision == Precision.FP32 ? 1e-5 : 0.05);
        }
    }

    private static List<Integer> written(LanguageModel model) throws InterruptedException {
        return new Generator(model, Set.of(), new Sampling.Greedy())
                .write(List.of(new int[] {1, 2, 3}), 8, Generator.TokenListener.SILENT).stream()
                .flatMapToInt(Arrays::stream).boxed().toList();
    }

    private static void assertSameGradients(LanguageModel found, LanguageModel expected, double error) {
        found.optimizer();
        expected.optimizer();
        assertThat(found.logits(BATCH)).as("once gradients are wanted").isDeepEqualTo(expected.logits(BATCH));
        for (boolean checkpointed : new boolean[] {false, true, false}) {
            assertThat(found.grads(BATCH, checkpointed)).isEqualTo(expected.grads(BATCH, checkpointed));
        }
        List<FloatTensor> gradients = expected.gradients();
        List<FloatTensor> walked = found.gradients();
        for (int g = 0; g < gradients.size(); g++) {
            FloatTensor gradient = gradients.get(g);
            double norm = Tensors.norm(gradient);
            for (int i = 0; i < gradient.elements(); i++) {
                assertThat((double) walked.get(g).get(i)).as(gradient.name())
                        .isCloseTo(gradient.get(i), within(error * norm + 1e-9));
            }
        }
    }
}
