package trex.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trex.model.Method;
import trex.model.Precision;

/// Logits, loss and every gradient equal those of transformers on tiny models with random weights.
class FamilyParityTest {
    @ParameterizedTest
    @ValueSource(strings = {"llama"})
    void lossLogitsAndGradientsEqualTheReference(String family) throws UnreadableModel {
        Optional<Path> folder = ParityFolder.find("parity/" + family);
        assumeTrue(folder.isPresent(), "models/parity/" + family + " is not here; set TREX_MODEL_MIRROR");
        try (ParityFolder source = ParityFolder.open(folder.orElseThrow());
                LanguageModel model = LanguageModel.tunable(source, Precision.FP32, new Method.Full(), 1)) {
            AdamW optimizer = model.optimizer();
            assertThat(optimizer).isNotNull();
            for (boolean checkpointed : new boolean[] {false, true}) {
                PackedBatch batch = batch(source.reference());
                double loss = model.grads(batch, checkpointed);
                assertThat(loss).isCloseTo(source.reference().get("loss").asDouble(), Percentage.withPercentage(0.01));
                List<FloatTensor> gradients = model.gradients();
                assertGradients(source.reference().get("gradients"), gradients);
                optimizer.apply(0, 0, 1);
            }
            PackedBatch all = everyRow(source.reference());
            float[][] logits = model.logits(all);
            JsonNode row0 = source.reference().get("logits_row0");
            for (int t = 0; t < row0.size(); t++) {
                for (int v = 0; v < row0.get(t).size(); v++) {
                    assertThat((double) logits[t][v]).isCloseTo(row0.get(t).get(v).asDouble(), within(2e-5));
                }
            }
        }
    }

    private static void assertGradients(JsonNode expected, List<FloatTensor> gradients) {
        assertThat(gradients).hasSize(expected.size());
        for (FloatTensor gradient : gradients) {
            JsonNode reference = expected.get(gradient.name());
            double square = 0;
            for (float g : gradient.toArray()) {
                square += (double) g * g;
            }
            double norm = reference.get("l2").asDouble();
            assertThat(Math.sqrt(square)).as(gradient.name()).isCloseTo(norm, Percentage.withPercentage(0.01));
            for (int i = 0; i < 4; i++) {
                assertThat((double) gradient.get(i)).as(gradient.name())
                        .isCloseTo(reference.get("first4").get(i).asDouble(), within(1e-4 * norm));
            }
        }
    }

    /// Two rows of the reference as two segments; the label of a token is the next one.
    private static PackedBatch batch(JsonNode reference) {
        List<Integer> rows = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        int length = reference.get("input_ids").get(0).size();
        for (int r = 0; r < reference.get("labels").size(); r++) {
            JsonNode row = reference.get("labels").get(r);
            for (int t = 1; t < row.size(); t++) {
                if (row.get(t).asInt() >= 0) {
                    rows.add(r * length + t - 1);
                    labels.add(row.get(t).asInt());
                }
            }
        }
        float[] weights = new float[rows.size()];
        java.util.Arrays.fill(weights, 1f / rows.size());
        return packed(reference, ints(rows), ints(labels), weights);
    }

    private static PackedBatch everyRow(JsonNode reference) {
        int n = reference.get("input_ids").get(0).size();
        int[] rows = new int[n];
        for (int i = 0; i < n; i++) {
            rows[i] = i;
        }
        return packed(reference, rows, new int[n], new float[0]);
    }

    private static PackedBatch packed(JsonNode reference, int[] rows, int[] labels, float[] weights) {
        JsonNode input = reference.get("input_ids");
        int length = input.get(0).size();
        int[] ids = new int[input.size() * length];
        int[] positions = new int[ids.length];
        List<Segment> segments = new ArrayList<>();
        for (int r = 0; r < input.size(); r++) {
            segments.add(new Segment(r * length, length, Segment.NONE));
            for (int t = 0; t < length; t++) {
                ids[r * length + t] = input.get(r).get(t).asInt();
                positions[r * length + t] = t;
            }
        }
        return new PackedBatch(ids, positions, segments, rows, labels, weights);
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
