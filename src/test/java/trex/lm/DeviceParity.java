package trex.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import trex.model.LoraInit;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Optimizer;
import trex.model.Precision;
import trex.model.Quantization;

/// What holds on every device: it computes what the processor computes, to rounding.
abstract class DeviceParity {
    private static final PackedBatch BATCH = labelled(PromptBatch.of(List.of(
            new int[] {1, 2, 3, 4, 5, 6}, new int[] {1, 2, 3, 9}, new int[] {1, 2, 3, 4, 30})).packed());
    private static final Method.Lora LORA = new Method.Lora(3, 6, LoraTargets.ALL_LINEAR);

    /// The device to be compared with the processor.
    abstract ComputeDevice device();

    private static PackedBatch labelled(PackedBatch packed) {
        return new PackedBatch(packed.ids(), packed.positions(), packed.segments(), packed.rows(),
                new int[] {5, 6, 7}, new float[] {0.5f, 0.3f, 0.2f});
    }

    static Stream<Arguments> cases() {
        return Stream.concat(
                FamilyShapesTest.shapes().flatMap(config ->
                        Stream.of(LORA, new Method.Full()).map(method -> Arguments.of(config, method))),
                Stream.of(LORA.withMagnitudes(true), LORA.withInit(LoraInit.PRINCIPAL),
                                LORA.withBase(Quantization.NF4), LORA.withBase(Quantization.INT8))
                        .map(method -> Arguments.of(mistral(), method)));
    }

    private static ModelConfig mistral() {
        return FamilyShapesTest.shapes().skip(2).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aStepIsTheProcessors(ModelConfig config, Method method) throws Exception {
        ModelWeights weights = new LoudWeights(config);
        try (LanguageModel here = LanguageModel.tunable(weights, Precision.FP32, method, 5);
                LanguageModel there = LanguageModel.tunable(weights, device(), Precision.FP32, method, 5)) {
            if (method instanceof Method.Lora) {
                here.change(Tensors::wake);
                there.change(Tensors::wake);
            }
            Descent first = here.optimizer();
            Descent second = there.optimizer();
            assertThat(there.grads(BATCH, false)).isCloseTo(here.grads(BATCH, false), within(1e-4));
            assertThat(there.grads(BATCH, true)).isCloseTo(here.grads(BATCH, true), within(1e-4));
            assertClose(there.gradients(), here.gradients(), 1e-4);
            double norm = first.apply(1e-3, 0.1, 1);
            assertThat(second.apply(1e-3, 0.1, 1)).isCloseTo(norm, within(1e-4 * norm));
            assertClose(there.trainable(), here.trainable(), 1e-4);
            assertClose(second.moments(), first.moments(), 1e-4);
            Tensors.assertClose(there.score(BATCH), here.score(BATCH), 1e-3);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aTextIsTheProcessors(ModelConfig config, Method method) throws Exception {
        if (!(method instanceof Method.Lora lora)) {
            return;
        }
        ModelWeights weights = new LoudWeights(config);
        try (LanguageModel here = LanguageModel.adapted(weights, ComputeDevice.PROCESSOR, Precision.FP32, lora, List.of());
                LanguageModel there = LanguageModel.adapted(weights, device(), Precision.FP32, lora, List.of())) {
            assertThat(written(there)).isEqualTo(written(here));
        }
    }

    private static List<Integer> written(LanguageModel model) throws InterruptedException {
        return new Generator(model, Set.of(), new Sampling.Greedy())
                .write(List.of(new int[] {1, 2, 3}, new int[] {4, 5}), 8, Generator.TokenListener.SILENT).stream()
                .flatMapToInt(Arrays::stream).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatIsWrittenToItIsInTheModel(ModelConfig config, Method method) throws Exception {
        try (LanguageModel model = LanguageModel.tunable(new LoudWeights(config), device(), Precision.BF16, method, 5)) {
            float[][] before = model.logits(BATCH);
            model.change(Tensors::wake);
            List<float[]> expected = model.trainable().stream().map(FloatTensor::toArray).toList();
            assertThat(model.logits(BATCH)).isNotEqualTo(before);
            model.change(tensors -> assertThat(tensors.stream().map(FloatTensor::toArray).toList())
                    .usingRecursiveComparison().isEqualTo(expected));
        }
    }

    @ParameterizedTest
    @EnumSource(Optimizer.class)
    void everyOptimizerMovesAsOnTheProcessor(Optimizer rule) throws Exception {
        ModelWeights weights = new LoudWeights(mistral());
        try (LanguageModel here = LanguageModel.tunable(weights, Precision.FP32, new Method.Full(), 5);
                LanguageModel there = LanguageModel.tunable(weights, device(), Precision.FP32, new Method.Full(), 5)) {
            Descent first = here.optimizer(rule);
            Descent second = there.optimizer(rule);
            for (int step = 0; step < 2; step++) {
                here.grads(BATCH, false);
                there.grads(BATCH, false);
                first.apply(1e-3, 0.1, 1);
                second.apply(1e-3, 0.1, 1);
            }
            assertClose(there.trainable(), here.trainable(), 1e-3);
            assertClose(second.moments(), first.moments(), 1e-3);
        }
    }

    /// But for the biases of keys: they move all scores of a query alike, so that their gradient is
    /// nothing but rounding.
    private static void assertClose(List<FloatTensor> found, List<FloatTensor> expected, double error) {
        assertThat(found).extracting(FloatTensor::name).isEqualTo(expected.stream().map(FloatTensor::name).toList());
        for (int i = 0; i < expected.size(); i++) {
            if (!expected.get(i).name().endsWith("k_proj.bias")) {
                Tensors.assertClose(found.get(i), expected.get(i), error);
            }
        }
    }
}
