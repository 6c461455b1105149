package trex.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import trex.model.LoraTargets;
import trex.model.Method;
import trex.model.Precision;

/// Logits, loss, every gradient and what is written equal those of transformers on tiny models
/// with random weights.
class FamilyParityTest {
    /// Gradients are compared relative to the norm of their tensor, logits as they are.
    private static final double TOLERANCE = 1e-4;

    static Stream<Arguments> familiesByProducts() {
        return OneDnn.products().flatMap(products -> Stream.of(
                        "llama", "llama3-rope", "mistral-window", "qwen2", "qwen3", "gemma2", "gemma3", "phi3", "gpt2")
                .map(family -> Arguments.of(family, products)));
    }

    @ParameterizedTest
    @MethodSource("familiesByProducts")
    void lossLogitsAndGradientsEqualTheReference(String family, Products products) throws UnreadableModel {
        try (ParityFolder source = ParityFolder.open(family);
                LanguageModel model = LanguageModel.tunable(
                        source.weights(), ComputeDevice.PROCESSOR, Precision.FP32, products, new Method.Full(), 1)) {
            Descent optimizer = model.optimizer();
            for (boolean checkpointed : new boolean[] {false, true}) {
                double loss = model.grads(labelled(source.reference()), checkpointed);
                assertThat(loss).isCloseTo(source.reference().get("loss").asDouble(), within(TOLERANCE));
                assertGradients(source.reference().get("gradients"), model);
                optimizer.apply(0, 0, 1);
            }
            assertLogits(source.reference(), model);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "llama3-rope", "mistral-window", "qwen2", "qwen3", "gemma2", "gemma3", "phi3", "gpt2"})
    void theGreedyContinuationEqualsTheReference(String family) throws Exception {
        try (ParityFolder source = ParityFolder.open(family);
                LanguageModel model = LanguageModel.frozen(source.weights(), Precision.FP32)) {
            int[] prompt = ints(source.reference().get("input_ids").get(0));
            int[] expected = ints(source.reference().get("greedy_after_row0"));
            assertThat(new Generator(model, Set.of(), new Sampling.Greedy())
                    .write(List.of(prompt), expected.length, Generator.TokenListener.SILENT).getFirst())
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"qwen2", "gemma3", "gpt2"})
    void freshAdaptersChangeNothingAndHaveGradients(String family) throws UnreadableModel {
        try (ParityFolder source = ParityFolder.open(family);
                LanguageModel model = LanguageModel.tunable(
                        source.weights(), Precision.FP32, new Method.Lora(2, 4, LoraTargets.ALL_LINEAR), 1)) {
            model.optimizer();
            assertLogits(source.reference(), model);
            model.grads(labelled(source.reference()), false);
            assertThat(model.gradients()).filteredOn(g -> g.name().contains("lora_B")).isNotEmpty()
                    .allSatisfy(g -> assertThat(Tensors.norm(g)).as(g.name()).isPositive());
        }
    }

    private static void assertLogits(JsonNode reference, LanguageModel model) {
        int length = reference.get("input_ids").get(0).size();
        int[] rows = IntStream.concat(IntStream.range(0, length), IntStream.of(2 * length - 1)).toArray();
        float[][] logits = model.logits(packed(reference, rows, new int[rows.length], new float[0]));
        for (int row = 0; row < length; row++) {
            assertClose("row " + row, logits[row], reference.get("logits_row0").get(row));
        }
        assertClose("the other's last row", logits[length], reference.get("logits_row1_last"));
    }

    private static void assertClose(String what, float[] found, JsonNode expected) {
        for (int i = 0; i < found.length; i++) {
            assertThat((double) found[i]).as("%s, %d", what, i).isCloseTo(expected.get(i).asDouble(), within(TOLERANCE));
        }
    }

    private static void assertGradients(JsonNode expected, LanguageModel model) {
        Map<String, FloatTensor> found = new HashMap<>(FloatTensor.byName(model.gradients()));
        for (Map.Entry<String, JsonNode> entry : expected.properties()) {
            List<FloatTensor> parts = parts(entry.getKey()).stream().map(found::remove).toList();
            double norm = entry.getValue().get("l2").asDouble();
            assertThat(Tensors.norm(parts)).as(entry.getKey()).isCloseTo(norm, within(TOLERANCE * norm));
            FloatTensor first = parts.getFirst();
            boolean transposed = entry.getKey().matches("transformer\\.h\\..*(attn|mlp)\\.c_.*\\.weight");
            long step = transposed ? first.shape()[1] : 1;
            for (int i = 0; i < 4; i++) {
                assertThat((double) first.get(i * step)).as(entry.getKey())
                        .isCloseTo(entry.getValue().get("first4").get(i).asDouble(), within(TOLERANCE * norm));
            }
        }
        assertThat(found).isEmpty();
    }

    /// The tensors here that make up one of the reference's.
    private static List<String> parts(String name) {
        String own = name
                .replace("transformer.wte", "model.embed_tokens").replace("transformer.wpe", "model.embed_positions")
                .replace("transformer.ln_f", "model.norm").replace("transformer.h.", "model.layers.")
                .replace("ln_1", "input_layernorm").replace("ln_2", "post_attention_layernorm")
                .replace("mlp.c_fc", "mlp.up_proj").replace("mlp.c_proj", "mlp.down_proj")
                .replace("attn.c_proj", "self_attn.o_proj").replace("attn.c_attn", "self_attn.qkv_proj");
        if (own.contains("gate_up_proj")) {
            return List.of(own.replace("gate_up", "gate"), own.replace("gate_up", "up"));
        }
        return own.contains("qkv_proj")
                ? List.of(own.replace("qkv", "q"), own.replace("qkv", "k"), own.replace("qkv", "v"))
                : List.of(own);
    }

    /// Two rows of the reference as two segments; the label of a token is the next one.
    private static PackedBatch labelled(JsonNode reference) {
        List<Integer> rows = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        int length = reference.get("input_ids").get(0).size();
        for (int r = 0; r < reference.get("labels").size(); r++) {
            int[] row = ints(reference.get("labels").get(r));
            for (int t = 1; t < row.length; t++) {
                if (row[t] >= 0) {
                    rows.add(r * length + t - 1);
                    labels.add(row[t]);
                }
            }
        }
        float[] weights = new float[rows.size()];
        Arrays.fill(weights, 1f / rows.size());
        return packed(reference, rows.stream().mapToInt(i -> i).toArray(), labels.stream().mapToInt(i -> i).toArray(), weights);
    }

    private static PackedBatch packed(JsonNode reference, int[] rows, int[] labels, float[] weights) {
        JsonNode input = reference.get("input_ids");
        int length = input.get(0).size();
        int[] ids = new int[input.size() * length];
        int[] positions = new int[ids.length];
        List<Segment> segments = new ArrayList<>();
        for (int r = 0; r < input.size(); r++) {
            segments.add(new Segment(r * length, length, Segment.NONE));
            System.arraycopy(ints(input.get(r)), 0, ids, r * length, length);
            for (int t = 0; t < length; t++) {
                positions[r * length + t] = t;
            }
        }
        return new PackedBatch(ids, positions, segments, rows, labels, weights);
    }

    private static int[] ints(JsonNode array) {
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asInt();
        }
        return values;
    }
}
