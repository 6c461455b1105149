package trex.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Precision;
import trex.model.Quantization;

/// Other shapes than those of the references: what is shared, cached or slides changes nothing
/// against each text on its own.
class FamilyShapesTest {
    private static final List<int[]> PROMPTS = List.of(
            new int[] {1, 2, 3, 4, 5, 6}, new int[] {1, 2, 3, 9}, new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, new int[] {1, 2, 3, 4, 30});
    private static final int[][] WRITTEN = {{7, 12, 3, 3, 21}, {1, 2, 2, 40, 5}, {33, 32, 31, 30, 29}, {8, 8, 8, 9, 9}};

    static Stream<ModelConfig> shapes() {
        LayerKind full = new LayerKind(0, 5e5, new RopeScaling.Linear(2));
        LayerKind narrow = new LayerKind(3, 1e4, new RopeScaling.None());
        return Stream.of(
                shape(3, 1, 6, true, new Architecture(Family.GEMMA3, List.of(narrow, full), List.of(0, 0, 1), 0.3, 0, 0)),
                shape(2, 2, 10, false, new Architecture(Family.GEMMA2, List.of(narrow, full), List.of(0, 1, 0), 0.2, 5, 3)),
                shape(4, 2, 4, true, new Architecture(Family.MISTRAL, List.of(narrow), List.of(), 0, 0, 0)),
                shape(5, 1, 4, false, new Architecture(Family.QWEN2, List.of(full, narrow), List.of(0, 1, 1), 0, 0, 0)),
                shape(4, 4, 6, true, new Architecture(Family.QWEN3, List.of(), List.of(), 0, 0, 0)),
                shape(3, 3, 4, false, new Architecture(Family.GPT2, List.of(), List.of(), 0, 0, 0)));
    }

    private static ModelConfig shape(int heads, int shared, int headSize, boolean tied, Architecture architecture) {
        return new ModelConfig(48, 12, 3, heads, shared, headSize, 20, 32, 1e-5, 1e4, tied, architecture);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void sharedPrefixesAndCachesChangeNothing(ModelConfig config) throws Exception {
        try (LanguageModel model = LanguageModel.frozen(new LoudWeights(config), Precision.FP32)) {
            PromptBatch batch = PromptBatch.of(PROMPTS);
            Tensors.assertClose(model.logits(batch.packed()), alone(model, 0), 1e-4);
            try (Decoding decoding = model.decoding(batch.packed(), batch.paths(), WRITTEN[0].length)) {
                for (int t = 0; t < WRITTEN[0].length; t++) {
                    int step = t;
                    decoding.write(Arrays.stream(WRITTEN).mapToInt(text -> text[step]).toArray());
                    Tensors.assertClose(decoding.logits(), Tensors.flat(alone(model, t + 1)), 1e-4);
                }
            }
        }
    }

    /// In batches, as a data set is measured.
    @ParameterizedTest
    @MethodSource("shapes")
    void aPrefixThatIsRunOnceForSeveralBatchesChangesNothing(ModelConfig config) throws Exception {
        for (Precision precision : List.of(Precision.FP32, Precision.BF16)) {
            double error = precision == Precision.FP32 ? 1e-4 : 0.05;
            try (LanguageModel model = LanguageModel.frozen(new LoudWeights(config), precision);
                    KnownPrefix prefix = model.prefix(1, 2, 3)) {
                for (List<int[]> prompts : List.of(PROMPTS, PROMPTS.subList(1, 3), PROMPTS.subList(3, 4))) {
                    PromptBatch batch = PromptBatch.of(prompts, 3);
                    Tensors.assertClose(model.score(batch.packed(), prefix), model.score(batch.packed()), error);
                    Generator generator = new Generator(model, Set.of(), new Sampling.Greedy());
                    if (precision == Precision.FP32) {
                        List<int[]> expected = generator.write(prompts, 6, Generator.TokenListener.SILENT);
                        assertThat(generator.write(prompts, 6, prefix).toArray(int[][]::new)).isDeepEqualTo(expected.toArray(int[][]::new));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theSameHoldsForAdaptersWithMagnitudesAndOnAQuantisedBase(ModelConfig config) throws Exception {
        Method.Lora lora = new Method.Lora(2, 4, LoraTargets.ALL_LINEAR);
        for (Method.Lora method : List.of(lora.withMagnitudes(true), lora.withBase(Quantization.NF4).withFrozenLayers(1))) {
            try (LanguageModel model = LanguageModel.adapted(
                    new LoudWeights(config), ComputeDevice.PROCESSOR, Precision.FP32, method, List.of())) {
                model.trainable().stream().filter(t -> t.shape().length == 2).forEach(Waves::fill);
                try (KnownPrefix prefix = model.prefix(1, 2, 3)) {
                    PackedBatch batch = PromptBatch.of(PROMPTS, 3).packed();
                    Tensors.assertClose(model.score(batch, prefix), model.score(batch), 1e-4);
                }
            }
        }
    }

    @Test
    void aBatchThatGoesOnBehindAnotherPrefixIsRefused() throws Exception {
        ModelConfig config = shapes().toList().get(2);
        try (LanguageModel model = LanguageModel.frozen(new LoudWeights(config), Precision.FP32);
                KnownPrefix prefix = model.prefix(1, 2, 4)) {
            assertThatThrownBy(() -> model.score(PromptBatch.of(PROMPTS, 3).packed(), prefix))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("the known prefix of 3 tokens");
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void gradientsOfSharedPrefixesAreThoseOfEachTextAlone(ModelConfig config) throws Exception {
        float[] weights = {0.4f, 0.3f, 0.2f, 0.1f};
        int[] labels = {5, 6, 7, 8};
        try (LanguageModel model = LanguageModel.tunable(new LoudWeights(config), Precision.FP32, new Method.Full(), 1)) {
            Descent optimizer = model.optimizer();
            PackedBatch packed = PromptBatch.of(PROMPTS).packed();
            model.grads(new PackedBatch(packed.ids(), packed.positions(), packed.segments(), packed.rows(), labels, weights), true);
            List<FloatTensor> shared = model.gradients();
            optimizer.apply(0, 0, 1);
            for (int p = 0; p < PROMPTS.size(); p++) {
                PackedBatch one = PromptBatch.of(List.of(PROMPTS.get(p))).packed();
                model.grads(new PackedBatch(one.ids(), one.positions(), one.segments(), one.rows(),
                        new int[] {labels[p]}, new float[] {weights[p]}), false);
            }
            List<FloatTensor> summed = model.gradients();
            for (int i = 0; i < shared.size(); i++) {
                assertThat(shared.get(i).name()).isEqualTo(summed.get(i).name());
                Tensors.assertClose(shared.get(i).toArray(), summed.get(i).toArray(), 1e-4);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void bfloat16IsNear(ModelConfig config) throws Exception {
        PackedBatch batch = PromptBatch.of(PROMPTS).packed();
        try (LanguageModel exact = LanguageModel.frozen(new RandomWeights(config, 5), Precision.FP32);
                LanguageModel rounded = LanguageModel.frozen(new RandomWeights(config, 5), Precision.BF16)) {
            float[] expected = Tensors.flat(exact.logits(batch));
            float[] found = Tensors.flat(rounded.logits(batch));
            double largest = 0;
            for (float value : expected) {
                largest = Math.max(largest, Math.abs(value));
            }
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) found[i]).isCloseTo(expected[i], within(0.05 * largest));
            }
        }
    }

    /// Logits behind each prompt with its first written tokens, each run by itself.
    private static float[][] alone(LanguageModel model, int written) {
        float[][] rows = new float[PROMPTS.size()][];
        for (int p = 0; p < rows.length; p++) {
            int[] prompt = PROMPTS.get(p);
            int[] text = Arrays.copyOf(prompt, prompt.length + written);
            System.arraycopy(WRITTEN[p], 0, text, prompt.length, written);
            rows[p] = model.logits(PromptBatch.of(List.of(text)).packed())[0];
        }
        return rows;
    }
}
