package trex.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trex.model.LoraInit;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Precision;
import trex.model.Quantization;

/// Adapters that start as the leading part of their weights.
class PrincipalStartTest {
    private static final Method.Lora PISSA =
            new Method.Lora(3, 5, LoraTargets.ALL_LINEAR).withInit(LoraInit.PRINCIPAL);
    private static final ModelConfig WIDE = new ModelConfig(40, 64, 1, 4, 2, 16, 96, 64, 1e-5, 10_000, true);
    private static final String QUERY = "model.layers.0.self_attn.q_proj";
    private static final PackedBatch BATCH = PromptBatch.of(List.of(
            new int[] {1, 2, 3, 4, 5, 6}, new int[] {1, 2, 3, 9}, new int[] {30, 31, 32, 33, 34})).packed();

    @ParameterizedTest
    @MethodSource("trex.lm.FamilyShapesTest#shapes")
    void theModelStartsAsTheBaseIsAlsoWithMagnitudes(ModelConfig config) throws Exception {
        ModelWeights weights = new LoudWeights(config);
        try (LanguageModel untouched = LanguageModel.frozen(weights, Precision.FP32)) {
            for (Method.Lora method : List.of(PISSA, PISSA.withMagnitudes(true).withFrozenLayers(1))) {
                try (LanguageModel model = LanguageModel.tunable(weights, Precision.FP32, method, 1)) {
                    Tensors.assertClose(model.logits(BATCH), untouched.logits(BATCH), 1e-4);
                    assertThat(model.start()).isNotEmpty();
                }
            }
        }
    }

    /// The residual of the best approximation is what the singular values left out amount to.
    @Test
    void theAdaptersAreTheBestApproximationOfTheirRank() throws Exception {
        ModelWeights weights = new LoudWeights(WIDE);
        try (LanguageModel model = LanguageModel.tunable(weights, Precision.FP32, PISSA, 1)) {
            double[] a = tensor(model.trainable(), QUERY + ".lora_A.weight");
            double[] b = tensor(model.trainable(), QUERY + ".lora_B.weight");
            double[] weight = widen(values(weights, QUERY + ".weight"));
            double[] singular = singularValues(weight, 64);
            double rest = 0;
            for (int i = 0; i < weight.length; i++) {
                double left = weight[i];
                for (int r = 0; r < 3; r++) {
                    left -= PISSA.scale() * b[i / 64 * 3 + r] * a[r * 64 + i % 64];
                }
                rest += left * left;
            }
            double least = Arrays.stream(singular).skip(3).map(s -> s * s).sum();
            assertThat(rest).isCloseTo(least, within(1e-3 * least));
            for (int r = 0; r < 3; r++) {
                double square = 0;
                for (int i = 0; i < 64; i++) {
                    square += a[r * 64 + i] * a[r * 64 + i];
                }
                assertThat(square * PISSA.scale()).isCloseTo(singular[r], within(1e-3 * singular[r]));
            }
        }
    }

    @Test
    void everyOpeningFindsTheSameStart() throws Exception {
        ModelWeights weights = new LoudWeights(WIDE);
        try (LanguageModel one = LanguageModel.tunable(weights, Precision.FP32, PISSA, 1);
                LanguageModel two = LanguageModel.tunable(weights, Precision.BF16, PISSA, 2)) {
            for (int i = 0; i < one.start().size(); i++) {
                assertThat(two.start().get(i).toArray()).isEqualTo(one.start().get(i).toArray());
            }
            assertThat(one.trainable()).extracting(FloatTensor::name).isEqualTo(one.trainableNames());
        }
    }

    /// As if another machine had found other signs and lengths.
    @Test
    void anotherStartLeavesTheBaseWithItsOwnRest() throws Exception {
        ModelWeights weights = new LoudWeights(WIDE);
        try (LanguageModel untouched = LanguageModel.frozen(weights, Precision.FP32);
                LanguageModel model = LanguageModel.tunable(weights, Precision.FP32, PISSA, 1)) {
            List<FloatTensor> other = model.start().stream()
                    .map(t -> new FloatTensor(t.name(), t.shape(), t.toArray()))
                    .toList();
            other.forEach(Waves::fill);
            model.departFrom(other);
            List<FloatTensor> adapters = model.trainable();
            for (int i = 0; i < adapters.size(); i++) {
                assertThat(adapters.get(i).name()).isEqualTo(other.get(i).name());
                adapters.get(i).values().copyFrom(other.get(i).values());
            }
            Tensors.assertClose(model.logits(BATCH), untouched.logits(BATCH), 1e-4);
            assertThat(model.start().getFirst().toArray()).isEqualTo(other.getFirst().toArray());
        }
    }

    @Test
    void aRankThatAWeightHasNotIsRefused() {
        ModelConfig config = new ModelConfig(40, 24, 2, 6, 2, 6, 20, 64, 1e-5, 10_000, true);
        Method method = PISSA.withRank(13);
        assertThatThrownBy(() -> LanguageModel.tunable(new LoudWeights(config), Precision.FP32, method, 1))
                .hasMessage("rank is 13, but self_attn.k_proj is a matrix of rank 12, of which init = principal takes a part;"
                        + " take at most that");
    }

    @Test
    void aQuantisedBaseGivesNothingAway() {
        assertThatThrownBy(() -> PISSA.withBase(Quantization.NF4)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("choose init = random or base = none");
    }

    private static float[] values(ModelWeights weights, String name) throws UnreadableModel {
        float[] values = new float[(int) (weights.shape(name)[0] * weights.shape(name)[1])];
        weights.copyTo(name, MemorySegment.ofArray(values));
        return values;
    }

    private static double[] tensor(List<FloatTensor> tensors, String name) {
        return widen(tensors.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow().toArray());
    }

    private static double[] widen(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    /// By one-sided Jacobi rotations of the columns (Hestenes 1958), largest first.
    private static double[] singularValues(double[] matrix, int columns) {
        double[] m = matrix.clone();
        for (int sweep = 0; sweep < 30; sweep++) {
            for (int p = 0; p < columns; p++) {
                for (int q = p + 1; q < columns; q++) {
                    rotate(m, columns, p, q);
                }
            }
        }
        double[] negative = new double[columns];
        for (int c = 0; c < columns; c++) {
            negative[c] = -Math.sqrt(product(m, columns, c, c));
        }
        return Arrays.stream(negative).sorted().map(s -> -s).toArray();
    }

    private static void rotate(double[] m, int columns, int p, int q) {
        double both = product(m, columns, p, q);
        if (both == 0) {
            return;
        }
        double tau = (product(m, columns, q, q) - product(m, columns, p, p)) / (2 * both);
        double t = (tau < 0 ? -1 : 1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
        double cos = 1 / Math.sqrt(1 + t * t);
        for (int row = 0; row < m.length; row += columns) {
            double first = m[row + p];
            m[row + p] = cos * (first - t * m[row + q]);
            m[row + q] = cos * (t * first + m[row + q]);
        }
    }

    private static double product(double[] m, int columns, int p, int q) {
        double sum = 0;
        for (int row = 0; row < m.length; row += columns) {
            sum += m[row + p] * m[row + q];
        }
        return sum;
    }
}
