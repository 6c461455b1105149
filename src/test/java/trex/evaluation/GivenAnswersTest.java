package trex.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import trex.lm.BaseModel;
import trex.lm.ExampleEncoder;
import trex.lm.LanguageModel;
import trex.lm.ModelConfig;
import trex.lm.PackedBatch;
import trex.lm.RandomWeights;
import trex.lm.Segment;
import trex.model.Example;
import trex.model.Metric;
import trex.model.Precision;
import trex.model.Score;
import trex.model.Template;

/// Every figure against the same answers run through the model one by one.
class GivenAnswersTest {
    private static final ModelConfig CONFIG = new ModelConfig(64, 32, 2, 4, 2, 8, 48, 24, 1e-5, 10_000, true);
    private static final Template PAIRS = new Template(null, "{q}", "{a}", Map.of(), List.of(), false, "{b}", null);
    private static final Template RATED = new Template(null, "{q}", "{a}", Map.of(), List.of(), false, null, "{b}");
    private static final Template PLAIN = new Template(null, "", "{q}", Map.of(), List.of(), false);
    private static BaseModel base;
    private static LanguageModel model;

    @BeforeAll
    static void open() throws Exception {
        base = new BaseModel(new RandomWeights(CONFIG, 3), new WordTokenizer(), null);
        model = LanguageModel.frozen(base.weights(), Precision.FP32);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void theLikelierAnswerOfAPairIsTheOneOfTheHigherMeanOfAToken() throws Exception {
        List<Example> pairs = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            pairs.add(new Example("e" + i, null, prompt(i), "yes it is".repeat(1 + i % 2), "no a" + i % 7, null));
        }
        ExampleEncoder encoder = ExampleEncoder.of(base, PAIRS);
        Evaluation evaluation = Evaluator.of(base, PAIRS, Metric.PREFERENCE_ACCURACY).measure(model, pairs, Progress.SILENT);
        int right = 0;
        for (int i = 0; i < pairs.size(); i++) {
            Example pair = pairs.get(i);
            String worse = Objects.requireNonNull(pair.rejected());
            boolean chosen = mean(encoder, pair, pair.answer()) > mean(encoder, pair, worse);
            assertThat(evaluation.predictions().get(i)).isEqualTo(new Prediction(pair.id(), pair.answer(), chosen ? pair.answer() : worse));
            right += chosen ? 1 : 0;
        }
        assertThat(evaluation.score()).isEqualTo(Score.proportion(Metric.PREFERENCE_ACCURACY, right, 30));
        assertThat(right).as("the test has both").isBetween(1, 29);
    }

    @Test
    void asManyRatedAnswersAreTakenForGoodAsThereAre() throws Exception {
        List<Example> rated = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            rated.add(new Example("e" + i, null, prompt(i), "yes a" + i, null, i % 4 == 0));
        }
        ExampleEncoder encoder = ExampleEncoder.of(base, RATED);
        Evaluation evaluation = Evaluator.of(base, RATED, Metric.PREFERENCE_ACCURACY).measure(model, rated, Progress.SILENT);
        List<String> good = evaluation.predictions().stream().filter(p -> p.given().equals("good")).map(Prediction::id).toList();
        assertThat(good).hasSize(5);
        double worstOfGood = rated.stream().filter(e -> good.contains(e.id())).mapToDouble(e -> mean(encoder, e, e.answer())).min().orElseThrow();
        double bestOfBad = rated.stream().filter(e -> !good.contains(e.id())).mapToDouble(e -> mean(encoder, e, e.answer())).max().orElseThrow();
        assertThat(worstOfGood).isGreaterThan(bestOfBad);
    }

    /// All answers are the same, and so are their likelihoods: a model cannot tell the good ones.
    @Test
    void ratedAnswersThatTheModelCannotTellApartAreNotWonByTheOrderOfTheRows() throws Exception {
        List<Example> rated = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            rated.add(new Example("e" + i, null, prompt(1), "yes", null, i < 10));
        }
        Evaluation evaluation = Evaluator.of(base, RATED, Metric.PREFERENCE_ACCURACY).measure(model, rated, Progress.SILENT);
        assertThat(evaluation.score().value()).isZero();
    }

    @Test
    void aTextLongerThanTheContextCountsEveryTokenOnce() throws Exception {
        List<Example> texts = List.of(new Example("short", null, "", "say what you see"),
                new Example("long", null, "", "word what you ".repeat(20) + "see"));
        ExampleEncoder encoder = ExampleEncoder.of(base, PLAIN);
        double loss = 0;
        int tokens = 0;
        for (Example text : texts) {
            int[] all = encoder.completion(text.answer());
            int[] before = encoder.prompt(text);
            assertThat(before).hasSize(1);
            for (int at = 0; at < all.length; at += CONFIG.context() - 1) {
                int[] piece = Arrays.copyOfRange(all, at, Math.min(all.length, at + CONFIG.context() - 1));
                loss -= sum(at == 0 ? before : new int[] {all[at - 1]}, piece);
                tokens += piece.length;
            }
        }
        Score score = Evaluator.of(base, PLAIN, Metric.LOSS).measure(model, texts, Progress.SILENT).score();
        assertThat(score.value()).isCloseTo(loss / tokens, within(1e-5));
        assertThat(score.n()).isEqualTo(2);
        assertThat(tokens).as("end tokens included").isEqualTo(4 + 1 + 61 + 1);
    }

    @Test
    void theErrorOfAMeanLossIsThatOfIndependentExamples() {
        Score score = MeanLoss.score(new double[] {2, 4, 3}, new double[] {2, 2, 2});
        assertThat(score.value()).isEqualTo(1.5);
        assertThat(score.standardError()).isCloseTo(Math.sqrt(3 / 2.0 * 2) / 6, within(1e-12));
    }

    private static String prompt(int i) {
        return "say what you see a" + i % 7 + " b" + i % 5 + " c".repeat(i % 3);
    }

    private static double mean(ExampleEncoder encoder, Example example, String answer) {
        int[] completion = encoder.completion(answer);
        return sum(encoder.prompt(example), completion) / completion.length;
    }

    private static double sum(int[] prompt, int[] completion) {
        int[] all = Arrays.copyOf(prompt, prompt.length + completion.length);
        System.arraycopy(completion, 0, all, prompt.length, completion.length);
        int[] inputs = Arrays.copyOf(all, all.length - 1);
        int[] positions = new int[inputs.length];
        Arrays.setAll(positions, i -> i);
        int[] rows = Arrays.copyOfRange(positions, prompt.length - 1, inputs.length);
        float[] scores = model.score(new PackedBatch(inputs, positions,
                List.of(new Segment(0, inputs.length, Segment.NONE)), rows, completion, new float[0]));
        double sum = 0;
        for (float score : scores) {
            sum += score;
        }
        return sum;
    }
}
