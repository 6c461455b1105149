package trex.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Precision;
import trex.model.Quantization;

/// Outputs of frozen layers that are kept change nothing against each text run alone and whole.
class LowerOutputsTest {
    private static final List<int[]> TEXTS = List.of(
            new int[] {1, 2, 3, 4, 5, 6}, new int[] {1, 2, 3, 9}, new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11},
            new int[] {30, 2, 3, 4}, new int[] {1, 2, 3, 4, 30});
    private static final int[] LABELS = {5, 6, 7, 8, 9};
    private static final float[] WEIGHTS = {0.4f, 0.3f, 0.2f, 0.1f, -0.2f};

    static Stream<Arguments> methods() {
        Method.Lora lora = new Method.Lora(3, 6, LoraTargets.ALL_LINEAR).withFrozenLayers(2);
        return FamilyShapesTest.shapes().flatMap(config -> Stream.of(
                        new Method.Full(2), lora, lora.withMagnitudes(true), lora.withBase(Quantization.INT8))
                .map(method -> Arguments.of(config, method)));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void gradientsOfKeptOutputsAreThoseOfEachTextAlone(ModelConfig config, Method method) throws Exception {
        for (boolean checkpointed : new boolean[] {false, true}) {
            try (LanguageModel kept = open(config, method); LanguageModel apart = open(config, method)) {
                keep(kept, PromptBatch.of(TEXTS.subList(0, 3)).packed(), PromptBatch.of(TEXTS).packed());
                double loss = kept.grads(labelled(TEXTS, 0), checkpointed);
                double alone = 0;
                for (int t = 0; t < TEXTS.size(); t++) {
                    alone += apart.grads(labelled(List.of(TEXTS.get(t)), t), false);
                }
                assertThat(loss).isCloseTo(alone, within(1e-4));
                for (int g = 0; g < kept.gradients().size(); g++) {
                    Tensors.assertClose(kept.gradients().get(g).toArray(), apart.gradients().get(g).toArray(), 2e-5);
                }
                Tensors.assertClose(kept.scoreInTraining(labelled(TEXTS, 0)), apart.score(labelled(TEXTS, 0)), 1e-5);
            }
        }
    }

    /// Were the lower layers run again, noise on the embeddings would change the loss.
    @Test
    void keptOutputsAreUsedAndTextsThatAreNotAmongThemAreRunWhole() throws Exception {
        ModelConfig config = FamilyShapesTest.shapes().toList().get(2);
        try (LanguageModel kept = open(config, new Method.Full(2)); LanguageModel whole = open(config, new Method.Full(2))) {
            keep(kept, PromptBatch.of(TEXTS.subList(0, 2)).packed());
            PackedBatch foreign = labelled(TEXTS.subList(3, 4), 3);
            assertThat(kept.grads(foreign, false)).isEqualTo(whole.grads(foreign, false));
            assertThat(kept.score(labelled(TEXTS.subList(0, 2), 0))).isEqualTo(whole.score(labelled(TEXTS.subList(0, 2), 0)));
        }
    }

    @Test
    void whatTextsBeginWithHasItsRowsOnceAndTooManyRowsAreNotKept() {
        List<PackedBatch> batches = TEXTS.stream().map(text -> PromptBatch.of(List.of(text)).packed()).toList();
        LowerOutputs outputs = LowerOutputs.of(batches.iterator(), 17).orElseThrow();
        assertThat(outputs.size()).isEqualTo(6 + 1 + 5 + 4 + 1);
        assertThat(outputs.rows(batches.get(2))).startsWith(outputs.rows(batches.getFirst()));
        assertThat(outputs.rows(PromptBatch.of(List.of(new int[] {2})).packed())).isEmpty();
        assertThat(LowerOutputs.of(batches.iterator(), 16)).isEmpty();
    }

    @Test
    void manyRowsAreFoundAgain() {
        List<PackedBatch> batches = java.util.stream.IntStream.range(0, 500)
                .mapToObj(i -> PromptBatch.of(List.of(new int[] {i, i + 1, i + 2, i + 3})).packed()).toList();
        LowerOutputs outputs = LowerOutputs.of(batches.iterator(), Long.MAX_VALUE).orElseThrow();
        assertThat(batches.stream().flatMapToInt(b -> Arrays.stream(outputs.rows(b))).distinct().count()).isEqualTo(2000);
    }

    private static void keep(LanguageModel model, PackedBatch... batches) {
        int parts = model.keep(LowerOutputs.of(List.of(batches).iterator(), Long.MAX_VALUE).orElseThrow());
        for (int part = 0; part < parts; part++) {
            model.computeLower(part);
        }
    }

    private static LanguageModel open(ModelConfig config, Method method) throws Exception {
        LanguageModel model = LanguageModel.tunable(new LoudWeights(config), Precision.FP32, method, 1);
        model.trainable().stream().filter(t -> t.name().contains("lora") && t.shape().length == 2).forEach(Waves::fill);
        assertThat(model.optimizer()).isNotNull();
        return model;
    }

    /// @param first index of the first text's label
    private static PackedBatch labelled(List<int[]> texts, int first) {
        PackedBatch packed = PromptBatch.of(texts).packed();
        return new PackedBatch(packed.ids(), packed.positions(), packed.segments(), packed.rows(),
                Arrays.copyOfRange(LABELS, first, first + texts.size()), Arrays.copyOfRange(WEIGHTS, first, first + texts.size()));
    }
}
