package trex.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import trex.lm.FloatTensor;
import trex.lm.LanguageModel;
import trex.lm.PackedBatch;
import trex.lm.TokenizedExample;
import trex.model.LoraTargets;
import trex.model.LossOn;
import trex.model.Method;
import trex.model.Precision;

class PackingTest {
    private static final Method LORA = new Method.Lora(4, 8, LoraTargets.ALL_LINEAR);

    @Test
    void aSharedBeginningIsThereOnce() {
        PackedBatch batch = Packing.of(labelled(LossOn.COMPLETION), 1);
        int apart = labelled(LossOn.COMPLETION).stream().mapToInt(LabelledExample::inputs).sum();
        assertThat(batch.tokens()).isEqualTo(apart - 15 * 10);
        assertThat(batch.segments().getFirst().length()).isEqualTo(10);
    }

    /// With a loss on all tokens there are more rows than have logits at a time.
    @ParameterizedTest
    @EnumSource(LossOn.class)
    void theGradientOfTheSharedBatchIsThatOfTheExamplesApart(LossOn lossOn) throws Exception {
        List<LabelledExample> examples = labelled(lossOn, 64);
        assertThat(Packing.of(examples, 1).rows()).hasSizeGreaterThan(lossOn == LossOn.ALL ? 256 : 0);
        float weight = 1f / examples.stream().mapToInt(LabelledExample::labels).sum();
        try (LanguageModel model = LanguageModel.tunable(TinyTask.weights(), Precision.FP32, new Method.Full(), 1)) {
            var optimizer = model.optimizer();
            double shared = model.grads(Packing.of(examples, weight), false);
            List<FloatTensor> ofShared = model.gradients();
            optimizer.apply(0, 0, 1);
            double apart = 0;
            for (LabelledExample example : examples) {
                apart += model.grads(Packing.of(List.of(example), weight), false);
            }
            assertThat(shared).isCloseTo(apart, org.assertj.core.data.Percentage.withPercentage(0.001));
            assertClose(ofShared, model.gradients());
        }
    }

    @Test
    void accumulatedSingleExamplesEqualTheBatch() throws Exception {
        List<LabelledExample> examples = labelled(LossOn.COMPLETION).subList(0, 4);
        try (LanguageModel model = LanguageModel.tunable(TinyTask.weights(), Precision.FP32, LORA, 1)) {
            var optimizer = model.optimizer();
            optimizer.moments();
            model.grads(Packing.of(examples, 1f / 8), false);
            List<FloatTensor> whole = model.gradients();
            optimizer.apply(0, 0, 1);
            for (LabelledExample example : examples) {
                model.grads(Packing.of(List.of(example), 1f / 8), true);
            }
            assertClose(model.gradients(), whole);
        }
    }

    @Test
    void anExampleInsideAnotherAndATwinCostNothingAndCount() {
        TokenizedExample one = TinyTask.examples(1).getFirst();
        List<LabelledExample> twins = List.of(
                LabelledExample.of(one, LossOn.COMPLETION, 64), LabelledExample.of(one, LossOn.COMPLETION, 64));
        PackedBatch batch = Packing.of(twins, 1);
        assertThat(batch.tokens()).isEqualTo(twins.getFirst().inputs());
        assertThat(batch.weights()).containsOnly(2);
    }

    private static List<LabelledExample> labelled(LossOn lossOn) {
        return labelled(lossOn, 16);
    }

    private static List<LabelledExample> labelled(LossOn lossOn, int count) {
        return TinyTask.examples(count).stream().map(e -> LabelledExample.of(e, lossOn, 64)).toList();
    }

    private static void assertClose(List<FloatTensor> actual, List<FloatTensor> expected) {
        for (int t = 0; t < expected.size(); t++) {
            double square = 0;
            double difference = 0;
            for (long i = 0; i < expected.get(t).elements(); i++) {
                square += Math.pow(expected.get(t).get(i), 2);
                difference += Math.pow(expected.get(t).get(i) - actual.get(t).get(i), 2);
            }
            assertThat(Math.sqrt(difference)).as(expected.get(t).name()).isLessThanOrEqualTo(1e-5 * Math.sqrt(square) + 1e-9);
        }
    }
}
