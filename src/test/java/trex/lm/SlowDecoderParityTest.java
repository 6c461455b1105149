package trex.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import trex.model.LoraScaling;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Precision;

/// The graph against the plain decoder in double precision: shapes, adapters and trees of segments
/// that the outside references do not cover. Gradients by central differences of the plain one.
class SlowDecoderParityTest {
    private static final double STEP = 1e-5;

    @ParameterizedTest
    @EnumSource(LoraTargets.class)
    void adapterGradientsOverATreeOfSegmentsEqualThoseOfThePlainDecoder(LoraTargets targets) throws Exception {
        ModelConfig shape = new ModelConfig(40, 24, 2, 6, 2, 6, 20, 64, 1e-5, 10_000, targets == LoraTargets.MLP);
        assertAdapterGradients(shape, new Method.Lora(3, 6, targets));
    }

    @ParameterizedTest
    @EnumSource(LoraTargets.class)
    void theSameHoldsForMagnitudes(LoraTargets targets) throws Exception {
        ModelConfig shape = new ModelConfig(40, 24, 2, 6, 2, 6, 20, 64, 1e-5, 10_000, false);
        assertAdapterGradients(shape, new Method.Lora(3, 6, targets, LoraScaling.ROOT_OF_RANK).withMagnitudes(true));
    }

    private static void assertAdapterGradients(ModelConfig shape, Method.Lora lora) throws Exception {
        for (Products products : OneDnn.products().toList()) {
            assertAdapterGradients(shape, lora, products);
        }
    }

    private static void assertAdapterGradients(ModelConfig shape, Method.Lora lora, Products products) throws Exception {
        try (ModelWeights weights = new RandomWeights(shape, 3);
                LanguageModel model = LanguageModel.tunable(weights, ComputeDevice.PROCESSOR, Precision.FP32, products, lora, 5)) {
            Tensors.wake(model.trainable());
            model.optimizer();
            SlowDecoder plain = new SlowDecoder(weights, model.trainable(), lora.scale());
            PackedBatch batch = tree();
            for (boolean checkpointed : new boolean[] {false, true}) {
                double loss = model.grads(batch, checkpointed);
                assertThat(loss).isCloseTo(plain.loss(batch), Percentage.withPercentage(0.001));
            }
            assertThat(model.loss(batch)).isCloseTo(plain.loss(batch), Percentage.withPercentage(0.001));
            for (FloatTensor gradient : model.gradients()) {
                double norm = Tensors.norm(gradient) / 2; // two passes were collected
                for (int i = 0; i < gradient.elements(); i += 17) {
                    assertThat(gradient.get(i) / 2.0).as(gradient.name())
                            .isCloseTo(slope(plain, batch, gradient.name(), i), within(1e-4 * norm + 1e-9));
                }
            }
        }
    }

    /// A bf16 batch is padded: the padding must reach neither loss nor gradient.
    @Test
    void bf16GradientsPointWhereThoseOfThePlainDecoderDo() throws Exception {
        ModelConfig shape = new ModelConfig(40, 24, 2, 6, 2, 6, 20, 64, 1e-5, 10_000, true);
        Method.Lora lora = new Method.Lora(3, 6, LoraTargets.ALL_LINEAR);
        List<List<FloatTensor>> gradients = new ArrayList<>();
        try (ModelWeights weights = new RandomWeights(shape, 3)) {
            for (Precision precision : List.of(Precision.FP32, Precision.BF16)) {
                try (LanguageModel model = LanguageModel.tunable(weights, precision, lora, 5)) {
                    Tensors.wake(model.trainable());
                    model.optimizer();
                    SlowDecoder plain = new SlowDecoder(weights, model.trainable(), lora.scale());
                    assertThat(model.grads(tree(), true))
                            .isCloseTo(plain.loss(tree()), Percentage.withPercentage(1));
                    gradients.add(model.gradients());
                }
            }
        }
        for (int g = 0; g < gradients.getFirst().size(); g++) {
            FloatTensor exact = gradients.getFirst().get(g);
            FloatTensor rounded = gradients.getLast().get(g);
            double product = 0;
            for (long i = 0; i < exact.elements(); i++) {
                product += (double) exact.get(i) * rounded.get(i);
            }
            assertThat(product / Tensors.norm(exact) / Tensors.norm(rounded)).as(exact.name()).isGreaterThan(0.99);
        }
    }

    /// A root, two children of different lengths, a grandchild, and a stranger.
    private static PackedBatch tree() {
        List<Segment> segments = List.of(
                new Segment(0, 7, Segment.NONE), new Segment(7, 4, 0), new Segment(11, 9, 0), new Segment(20, 5, 1),
                new Segment(25, 6, Segment.NONE));
        int[] ids = new Random(4).ints(31, 0, 40).toArray();
        int[] positions = new int[31];
        for (Segment segment : segments) {
            int before = segment.parent() == Segment.NONE
                    ? -1
                    : positions[segments.get(segment.parent()).end() - 1];
            for (int t = segment.start(); t < segment.end(); t++) {
                positions[t] = ++before;
            }
        }
        return new PackedBatch(ids, positions, segments, new int[] {6, 6, 10, 19, 23, 24, 30},
                new int[] {1, 2, 3, 4, 5, 6, 7}, new float[] {.1f, .2f, .3f, .1f, .05f, .15f, .1f});
    }

    private static double slope(SlowDecoder plain, PackedBatch batch, String name, int index) {
        double[] tensor = plain.tensor(name);
        double value = tensor[index];
        tensor[index] = value + STEP;
        double above = plain.loss(batch);
        tensor[index] = value - STEP;
        double below = plain.loss(batch);
        tensor[index] = value;
        return (above - below) / (2 * STEP);
    }
}
