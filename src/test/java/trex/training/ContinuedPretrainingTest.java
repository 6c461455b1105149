package trex.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trex.lm.FloatTensor;
import trex.lm.LanguageModel;
import trex.lm.PackedBatch;
import trex.lm.Segment;
import trex.lm.TokenizedExample;
import trex.model.Method;
import trex.model.Precision;
import trex.model.Procedure;
import trex.model.Recipe;
import trex.model.RunEvent;

class ContinuedPretrainingTest {
    private static final Recipe RECIPE = TinyTask.recipe(new Method.Full(), Precision.FP32, 6)
            .withProcedure(new Procedure.ContinuedPretraining()).withMaxLength(16);

    @TempDir
    private Path folder;

    @Test
    void everyTokenButTheFirstOfADocumentIsPredictedOnce() {
        List<TokenizedExample> documents = documents(7);
        ContinuedPretraining objective = ContinuedPretraining.of(RECIPE, documents);
        for (TokenizedExample document : documents) {
            List<Integer> labels = new ArrayList<>();
            objective.sequences().stream().filter(s -> s.id().equals(document.id()))
                    .forEach(s -> IntStream.range(1, s.ids().length).forEach(t -> labels.add(s.ids()[t])));
            assertThat(labels).containsExactlyElementsOf(Arrays.stream(document.completion()).boxed().toList());
        }
    }

    @Test
    void documentsThatFitABlockStayWholeAndBlocksAreNearlyFull() {
        List<TokenizedExample> documents = documents(200);
        ContinuedPretraining objective = ContinuedPretraining.of(RECIPE, documents);
        for (TokenizedExample document : documents) {
            long pieces = objective.sequences().stream().filter(s -> s.id().equals(document.id())).count();
            assertThat(pieces).as(document.id()).isEqualTo((document.length() - 1 + 15) / 16);
        }
        int predicted = documents.stream().mapToInt(d -> d.length() - 1).sum();
        assertThat(objective.size()).isBetween((predicted + 15) / 16, (int) (1.05 * predicted / 16));
        for (int block = 0; block < objective.size(); block++) {
            assertThat(tokens(objective, block)).isBetween(1L, 16L);
        }
    }

    private static long tokens(ContinuedPretraining objective, int block) {
        long[] seen = new long[1];
        objective.descend(new int[] {block}, new Passes() {
            @Override
            public List<float[]> score(List<PackedBatch> batches) {
                throw new AssertionError("nothing is scored");
            }

            @Override
            public double grads(List<PackedBatch> batches) {
                batches.forEach(batch -> seen[0] += batch.rows().length);
                return 0;
            }
        });
        return seen[0];
    }

    /// Against one padded row a piece: mean loss of a token, nothing seen of other documents.
    @Test
    void aStepsGradientIsThatOfItsPiecesRunAlone() throws Exception {
        ContinuedPretraining objective = ContinuedPretraining.of(RECIPE, documents(7));
        int[] all = IntStream.range(0, objective.size()).toArray();
        int labels = objective.sequences().stream().mapToInt(LabelledExample::labels).sum();
        try (LanguageModel packed = open(); LanguageModel apart = open()) {
            packed.optimizer();
            apart.optimizer();
            double loss = objective.descend(all, new SimplePasses(packed)).loss();
            double sum = 0;
            for (LabelledExample piece : objective.sequences()) {
                sum += apart.grads(alone(piece, 1f / labels), false);
            }
            assertThat(loss).isCloseTo(sum, within(1e-5));
            List<FloatTensor> expected = apart.gradients();
            for (int g = 0; g < expected.size(); g++) {
                assertThat(packed.gradients().get(g).toArray()).containsExactly(expected.get(g).toArray(), within(1e-5f));
            }
        }
    }

    @Test
    void textIsLearnt() throws Exception {
        List<RunEvent.Step> steps = new ArrayList<>();
        try (LanguageModel model = open()) {
            new TrainingLoop(RECIPE, m -> TinyTask.score(0.5), new FolderCheckpoints(folder), () -> false, event -> {
                if (event instanceof RunEvent.Step step) {
                    steps.add(step);
                }
            }).run(model, ContinuedPretraining.of(RECIPE, documents(60)));
        }
        assertThat(steps.getLast().loss()).isLessThan(steps.getFirst().loss() / 2);
    }

    private static LanguageModel open() throws Exception {
        return LanguageModel.tunable(TinyTask.weights(), Precision.FP32, RECIPE.method(), 5);
    }

    private static PackedBatch alone(LabelledExample piece, float weight) {
        int n = piece.inputs();
        int[] positions = IntStream.range(0, n).toArray();
        float[] weights = new float[n];
        Arrays.fill(weights, weight);
        return new PackedBatch(Arrays.copyOf(piece.ids(), n), positions, List.of(new Segment(0, n, Segment.NONE)),
                positions, Arrays.copyOfRange(piece.ids(), 1, n + 1), weights);
    }

    /// Texts of counting tokens that begin anywhere, some shorter than a block and some longer.
    private static List<TokenizedExample> documents(int count) {
        Random random = new Random(2);
        List<TokenizedExample> documents = new ArrayList<>();
        for (int d = 0; d < count; d++) {
            int first = 2 + random.nextInt(20);
            int[] text = IntStream.range(0, 4 + random.nextInt(30)).map(t -> t + first).toArray();
            text[text.length - 1] = 1;
            documents.add(new TokenizedExample("d" + d, new int[] {0}, text));
        }
        return documents;
    }
}
