package trex.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import trex.json.Json;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Precision;

/// SmolLM2-135M-Instruct in fp32 against logits, losses and gradients by transformers and PEFT, to
/// 1e-4 relative.
@Tag("model")
class SmolParityTest {
    private static final Percentage CLOSE = Percentage.withPercentage(0.01);

    /// The token that this model's configuration calls padding: transformers' embedding gives its
    /// row no gradient where it is read, although it also ends every turn.
    private static final int PADDING = 2;

    private static JsonNode reference;

    @BeforeAll
    static void read() throws Exception {
        reference = Json.mapper().readTree(Mirrors.smolLm2Reference().toFile());
    }

    @Test
    void logitsEqualTheReference() throws Exception {
        try (BaseModel base = ModelReader.open(Mirrors.smolLm2());
                LanguageModel model = LanguageModel.frozen(base.weights(), Precision.FP32)) {
            for (JsonNode expected : reference.get("logits")) {
                int[] ids = SmolLm2ParityTest.ints(expected.get("ids"));
                float[] scores = model.score(text(ids, 1));
                for (int t = 0; t < scores.length; t++) {
                    double stated = expected.get("next_token_log_probs").get(t).asDouble();
                    assertThat((double) scores[t]).isCloseTo(stated, within(1e-4 * Math.max(1, -stated)));
                }
                assertLast(model.logits(everyRow(ids))[ids.length - 1], expected);
            }
        }
    }

    private static void assertLast(float[] logits, JsonNode expected) {
        for (JsonNode entry : expected.get("last_logits_top10")) {
            assertThat((double) logits[entry.get(0).asInt()]).isCloseTo(entry.get(1).asDouble(), CLOSE);
        }
        double norm = expected.get("last_logits_l2").asDouble();
        assertThat(norm(logits)).isCloseTo(norm, CLOSE);
    }

    @Test
    void adapterGradientsEqualTheReference() throws Exception {
        Method lora = new Method.Lora(8, 16, LoraTargets.QUERY_VALUE);
        JsonNode expected = reference.get("lora");
        try (BaseModel base = ModelReader.open(Mirrors.smolLm2());
                LanguageModel model = LanguageModel.tunable(base.weights(), Precision.FP32, lora, 1)) {
            model.trainable().forEach(SmolParityTest::start);
            Descent optimizer = model.optimizer();
            for (boolean checkpointed : new boolean[] {false, true}) {
                double loss = model.grads(example(), checkpointed);
                assertThat(loss).isCloseTo(expected.get("loss").asDouble(), CLOSE);
                assertGradients(model.gradients(), expected);
                double total = expected.get("gradient_l2_total").asDouble();
                assertThat(optimizer.apply(0, 0, 1e6)).isCloseTo(total, CLOSE);
            }
        }
    }

    /// The start that the reference states: A and B as waves of their indices.
    private static void start(FloatTensor adapter) {
        boolean a = adapter.name().contains("lora_A");
        long columns = adapter.shape()[1];
        for (long index = 0; index < adapter.elements(); index++) {
            long i = index / columns;
            long j = index % columns;
            double value = a ? 0.02 * Math.sin(1 + 7 * i + 3 * j) : 0.01 * Math.cos(2 + 5 * i + 11 * j);
            adapter.values().set(ValueLayout.JAVA_FLOAT_UNALIGNED, index * Float.BYTES, (float) value);
        }
    }

    /// The embedding's gradient is compared in its two parts, for the reference leaves one row of
    /// the first part out.
    @Test
    void gradientsOfAllWeightsEqualTheReference() throws Exception {
        JsonNode expected = reference.get("full");
        try (BaseModel base = ModelReader.open(Mirrors.smolLm2());
                LanguageModel model =
                        LanguageModel.tunable(new UntiedWeights(base.weights()), Precision.FP32, new Method.Full(), 1)) {
            assertThat(model.optimizer()).isNotNull();
            double loss = model.grads(example(), false);
            assertThat(loss).isCloseTo(expected.get("loss").asDouble(), CLOSE);
            assertGradients(tied(model.gradients()), expected);
        }
    }

    @Test
    void aTiedEmbeddingCollectsBothOfItsGradients() throws Exception {
        try (BaseModel base = ModelReader.open(Mirrors.smolLm2());
                LanguageModel model = LanguageModel.tunable(base.weights(), Precision.FP32, new Method.Full(), 1);
                LanguageModel apart =
                        LanguageModel.tunable(new UntiedWeights(base.weights()), Precision.FP32, new Method.Full(), 1)) {
            assertThat(model.optimizer()).isNotNull();
            assertThat(apart.optimizer()).isNotNull();
            model.grads(example(), true);
            apart.grads(example(), true);
            float[] together = model.gradients().getFirst().toArray();
            float[] read = apart.gradients().getFirst().toArray();
            float[] written = apart.gradients().getLast().toArray();
            double norm = norm(together);
            for (int i = 0; i < together.length; i += 101) {
                assertThat((double) together[i]).isCloseTo(read[i] + written[i], within(1e-6 * norm));
            }
        }
    }

    /// The gradients with those of the embedding and of the output projection added up.
    private static List<FloatTensor> tied(List<FloatTensor> apart) {
        FloatTensor embedding = apart.getFirst();
        float[] sum = embedding.toArray();
        int width = (int) embedding.shape()[1];
        Arrays.fill(sum, PADDING * width, (PADDING + 1) * width, 0f);
        float[] written = apart.getLast().toArray();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += written[i];
        }
        List<FloatTensor> tied = new ArrayList<>(apart.subList(1, apart.size() - 1));
        tied.add(new FloatTensor(embedding.name(), embedding.shape(), sum));
        return tied;
    }

    private static void assertGradients(List<FloatTensor> gradients, JsonNode expected) {
        double total = 0;
        int compared = 0;
        for (FloatTensor gradient : gradients) {
            double norm = norm(gradient.toArray());
            total += norm * norm;
            JsonNode stated = expected.get("gradients").get(gradient.name());
            if (stated != null) {
                compared++;
                assertThat(norm).as(gradient.name()).isCloseTo(stated.get("l2").asDouble(), CLOSE);
                for (int i = 0; i < 4; i++) {
                    assertThat((double) gradient.get(i)).as(gradient.name())
                            .isCloseTo(stated.get("first4").get(i).asDouble(), within(1e-4 * norm));
                }
            }
        }
        assertThat(compared).isEqualTo(expected.get("gradients").size());
        assertThat(Math.sqrt(total)).isCloseTo(expected.get("gradient_l2_total").asDouble(), CLOSE);
    }

    private static PackedBatch example() {
        int[] prompt = SmolLm2ParityTest.ints(reference.get("lora").get("prompt_ids"));
        int[] completion = SmolLm2ParityTest.ints(reference.get("lora").get("completion_ids"));
        int[] ids = Arrays.copyOf(prompt, prompt.length + completion.length);
        System.arraycopy(completion, 0, ids, prompt.length, completion.length);
        return text(ids, prompt.length);
    }

    /// One text, whose tokens from `firstLabel` on are to be predicted; their mean is the loss.
    private static PackedBatch text(int[] ids, int firstLabel) {
        int[] rows = IntStream.range(firstLabel - 1, ids.length - 1).toArray();
        int[] labels = Arrays.stream(rows).map(r -> ids[r + 1]).toArray();
        float[] weights = new float[rows.length];
        Arrays.fill(weights, 1f / rows.length);
        return packed(ids, rows, labels, weights);
    }

    private static PackedBatch everyRow(int[] ids) {
        return packed(ids, IntStream.range(0, ids.length).toArray(), new int[ids.length], new float[0]);
    }

    private static PackedBatch packed(int[] ids, int[] rows, int[] labels, float[] weights) {
        int[] positions = IntStream.range(0, ids.length).toArray();
        return new PackedBatch(ids, positions, List.of(new Segment(0, ids.length, Segment.NONE)), rows, labels, weights);
    }

    private static double norm(float[] values) {
        double square = 0;
        for (float value : values) {
            square += (double) value * value;
        }
        return Math.sqrt(square);
    }
}
