package trex.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Optimizer;
import trex.model.Precision;

/// Each optimizer against its formulas in double precision, over the same gradients.
class DescentTest {
    private static final ModelConfig SHAPE = new ModelConfig(40, 24, 2, 6, 2, 6, 20, 64, 1e-5, 10_000, true);
    private static final int STEPS = 6;
    private static final double RATE = 0.01;
    private static final double DECAY = 0.1;

    @ParameterizedTest
    @EnumSource(Optimizer.class)
    void everyWeightGoesWhereThePlainFormulasSendIt(Optimizer rule) throws Exception {
        for (double clip : new double[] {0.05, 1e3}) {
            try (LanguageModel model = open(new Method.Full())) {
                Descent descent = model.optimizer(rule);
                List<FloatTensor> weights = model.trainable();
                SlowOptimizer plain = new SlowOptimizer(rule, weights);
                for (int step = 0; step < STEPS; step++) {
                    model.grads(batch(step), false);
                    plain.apply(model.gradients(), RATE, DECAY, clip);
                    descent.apply(RATE, DECAY, clip);
                }
                for (int t = 0; t < weights.size(); t++) {
                    for (int i = 0; i < weights.get(t).elements(); i++) {
                        assertThat((double) weights.get(t).get(i)).as("%s[%d]", weights.get(t).name(), i)
                                .isCloseTo(plain.weights(t)[i], within(3e-6));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Optimizer.class)
    void whatIsKeptBetweenStepsIsAllThatTheNextStepNeeds(Optimizer rule) throws Exception {
        Method lora = new Method.Lora(3, 6, LoraTargets.ALL_LINEAR);
        try (LanguageModel model = open(lora); LanguageModel other = open(lora)) {
            Descent descent = model.optimizer(rule);
            Descent resumed = other.optimizer(rule);
            steps(model, descent, 0, 3);
            copy(model.trainable(), other.trainable());
            copy(descent.moments(), resumed.moments());
            resumed.resumeAt(3);
            steps(model, descent, 3, STEPS);
            steps(other, resumed, 3, STEPS);
            assertThat(bits(other)).isDeepEqualTo(bits(model));
        }
    }

    @ParameterizedTest
    @EnumSource(Optimizer.class)
    void theSecondMatrixOfAnAdapterLearnsAtItsOwnRate(Optimizer rule) throws Exception {
        try (LanguageModel model = open(new Method.Lora(3, 6, LoraTargets.ALL_LINEAR).withRateRatio(4))) {
            Descent descent = model.optimizer(rule);
            List<FloatTensor> weights = model.trainable();
            SlowOptimizer slow = new SlowOptimizer(rule, weights);
            SlowOptimizer fast = new SlowOptimizer(rule, weights);
            for (int step = 0; step < STEPS; step++) {
                model.grads(batch(step), false);
                slow.apply(model.gradients(), RATE / 4, DECAY, 0.05);
                fast.apply(model.gradients(), RATE, DECAY, 0.05);
                descent.apply(RATE / 4, DECAY, 0.05);
            }
            for (int t = 0; t < weights.size(); t++) {
                double[] expected = (weights.get(t).name().contains("lora_B") ? fast : slow).weights(t);
                for (int i = 0; i < expected.length; i++) {
                    assertThat((double) weights.get(t).get(i)).as("%s[%d]", weights.get(t).name(), i)
                            .isCloseTo(expected[i], within(3e-6));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Optimizer.class)
    void aGradientThatIsNotFiniteMovesNothing(Optimizer rule) throws Exception {
        try (LanguageModel model = open(new Method.Full())) {
            Descent descent = model.optimizer(rule);
            float[][] before = bits(model);
            PackedBatch batch = batch(0);
            model.grads(new PackedBatch(batch.ids(), batch.positions(), batch.segments(), batch.rows(), batch.labels(),
                    new float[] {Float.POSITIVE_INFINITY, 1}), false);
            assertThat(descent.apply(RATE, DECAY, 1)).isNaN();
            assertThat(bits(model)).isDeepEqualTo(before);
            assertThat(model.gradients()).allSatisfy(g -> assertThat(g.toArray()).containsOnly(0));
        }
    }

    @Test
    void sgdKeepsHalfOfWhatAdamwDoesAndAdafactorARowAndAColumn() {
        long[] matrix = {30, 50};
        assertThat(Moment.elements(Optimizer.ADAMW, matrix)).isEqualTo(3000);
        assertThat(Moment.elements(Optimizer.SGD, matrix)).isEqualTo(1500);
        assertThat(Moment.elements(Optimizer.ADAFACTOR, matrix)).isEqualTo(80);
        assertThat(Moment.elements(Optimizer.ADAFACTOR, new long[] {30})).isEqualTo(30);
    }

    private static LanguageModel open(Method method) throws Exception {
        return LanguageModel.tunable(new RandomWeights(SHAPE, 3), Precision.FP32, method, 5);
    }

    private static void steps(LanguageModel model, Descent descent, int from, int to) {
        for (int step = from; step < to; step++) {
            model.grads(batch(step), false);
            descent.apply(RATE, DECAY, 1);
        }
    }

    private static void copy(List<FloatTensor> from, List<FloatTensor> to) {
        for (int t = 0; t < from.size(); t++) {
            assertThat(to.get(t).name()).isEqualTo(from.get(t).name());
            to.get(t).values().copyFrom(from.get(t).values());
        }
    }

    private static float[][] bits(LanguageModel model) {
        return model.trainable().stream().map(FloatTensor::toArray).toArray(float[][]::new);
    }

    private static PackedBatch batch(int seed) {
        int[] ids = new Random(seed).ints(9, 0, SHAPE.vocabulary()).toArray();
        int[] positions = new int[9];
        Arrays.setAll(positions, i -> i);
        return new PackedBatch(ids, positions, List.of(new Segment(0, 9, Segment.NONE)), new int[] {4, 8},
                new int[] {1 + seed, 2}, new float[] {0.5f, 0.5f});
    }
}
