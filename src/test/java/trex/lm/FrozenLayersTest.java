package trex.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Precision;
import trex.model.Quantization;

/// Layers that stay as they are: the others' gradients are those of a training without frozen
/// layers, and there are no more.
class FrozenLayersTest {
    private static final Method.Lora LORA = new Method.Lora(2, 4, LoraTargets.ALL_LINEAR);
    private static final List<int[]> TEXTS = List.of(
            new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, new int[] {1, 2, 3, 4, 5, 6, 7, 8, 20, 21, 22}, new int[] {30, 31, 32});

    @ParameterizedTest
    @MethodSource("trex.lm.FamilyShapesTest#shapes")
    void theUpperLayersGradientsAreThoseOfAnUnfrozenTraining(ModelConfig config) throws Exception {
        assertUpperGradients(config, new Method.Full(), 1);
        assertUpperGradients(config, LORA, 2);
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void theSameHoldsOverAQuantisedBase(Quantization base) throws Exception {
        assertUpperGradients(new ModelConfig(40, 24, 3, 6, 2, 6, 20, 64, 1e-5, 10_000, true), LORA.withBase(base), 1);
    }

    private static void assertUpperGradients(ModelConfig config, Method method, int frozen) throws Exception {
        Map<String, FloatTensor> all = FloatTensor.byName(gradients(config, method, frozen, false));
        for (boolean checkpointed : new boolean[] {false, true}) {
            for (FloatTensor gradient : gradients(config, method.withFrozenLayers(frozen), frozen, checkpointed)) {
                Tensors.assertClose(gradient, Objects.requireNonNull(all.get(gradient.name())), 1e-5);
            }
        }
    }

    /// @param frozen adapters of lower layers stay as they start, and do nothing
    private static List<FloatTensor> gradients(ModelConfig config, Method method, int frozen, boolean checkpointed)
            throws Exception {
        try (LanguageModel model = LanguageModel.tunable(new LoudWeights(config), Precision.FP32, method, 1)) {
            model.trainable().stream()
                    .filter(t -> t.name().contains("lora") && layer(t) >= frozen)
                    .forEach(Waves::fill);
            assertThat(model.optimizer()).isNotNull();
            PackedBatch packed = PromptBatch.of(TEXTS).packed();
            model.grads(new PackedBatch(packed.ids(), packed.positions(), packed.segments(), packed.rows(),
                    new int[] {5, 6, 7}, new float[] {0.5f, 0.3f, 0.2f}), checkpointed);
            return model.gradients();
        }
    }

    private static int layer(FloatTensor tensor) {
        return Integer.parseInt(tensor.name().split("\\.")[2]);
    }

    @ParameterizedTest
    @MethodSource("trex.lm.FamilyShapesTest#shapes")
    void embeddingsAndATiedHeadStayWithTheLowestLayer(ModelConfig config) throws Exception {
        try (LanguageModel model = LanguageModel.tunable(
                new LoudWeights(config), Precision.FP32, new Method.Full(2), 1)) {
            assertThat(model.trainableNames())
                    .allMatch(name -> name.startsWith("model.layers.2.") || name.startsWith("model.norm.") || name.equals("lm_head.weight"))
                    .contains("model.norm.weight", "model.layers.2.mlp.up_proj.weight");
            assertThat(model.trainableNames().contains("lm_head.weight")).isEqualTo(!config.tiedEmbeddings());
        }
    }

    @Test
    void moreLayersThanThereAreAreRefusedWithTheirNumber() {
        ModelConfig config = new ModelConfig(40, 24, 2, 6, 2, 6, 20, 64, 1e-5, 10_000, true);
        for (Method method : List.of(new Method.Full(2), new Method.Lora(2, 4, LoraTargets.MLP).withFrozenLayers(2))) {
            assertThatThrownBy(() -> LanguageModel.tunable(new RandomWeights(config, 1), Precision.FP32, method, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("frozenLayers is 2, but the model has 2 layers; freeze at most 1");
        }
    }
}
