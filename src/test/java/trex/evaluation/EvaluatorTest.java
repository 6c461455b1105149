package trex.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import trex.model.Template;

class EvaluatorTest {
    private static final ModelConfig CONFIG = new ModelConfig(64, 32, 2, 4, 2, 8, 48, 24, 1e-5, 10_000, true);
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

    private static Template template(String... answers) {
        return new Template(null, "{text}", "{label}", Map.of(), List.of(answers), false);
    }

    private static List<Example> examples(int count) {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            examples.add(new Example("e" + i, null, "say what you see a" + i % 7 + " b" + i % 5 + " c".repeat(i % 3), i % 2 == 0 ? "yes it is" : "no"));
        }
        return examples;
    }

    @Test
    void likelihoodsWithASharedPrefixEqualThoseOfEachPromptAlone() throws Exception {
        String[] answers = {"yes it is", "no", "no never"};
        ExampleEncoder encoder = ExampleEncoder.of(base, template(answers));
        AnswerComparison comparison = new AnswerComparison(encoder, base.tokenizer(), List.of(answers));
        List<int[]> prompts = examples(300).stream().map(encoder::prompt).toList();
        double[][] packed = comparison.logLikelihoods(model, prompts, Progress.SILENT);
        for (int p = 0; p < prompts.size(); p++) {
            for (int a = 0; a < answers.length; a++) {
                assertThat(packed[p][a]).isCloseTo(alone(prompts.get(p), encoder.completion(answers[a])), within(1e-5));
            }
        }
    }

    /// The end counts because "no" begins "no never".
    private static double alone(int[] prompt, int[] completion) {
        int length = prompt.length + completion.length - 1;
        int[] ids = new int[length];
        int[] positions = new int[length];
        int[] rows = new int[completion.length];
        for (int i = 0; i < length; i++) {
            ids[i] = i < prompt.length ? prompt[i] : completion[i - prompt.length];
            positions[i] = i;
        }
        for (int i = 0; i < rows.length; i++) {
            rows[i] = prompt.length - 1 + i;
        }
        float[] scores = model.score(new PackedBatch(ids, positions, List.of(new Segment(0, length, Segment.NONE)),
                rows, completion, new float[0]));
        double sum = 0;
        for (float score : scores) {
            sum += score;
        }
        return sum;
    }

    @Test
    void anAnswerIsTheAllowedOneOfTheHighestLikelihood() throws Exception {
        Evaluator evaluator = Evaluator.of(base, template("yes it is", "no"), Metric.ACCURACY);
        Evaluation evaluation = evaluator.measure(model, examples(40), Progress.SILENT);
        assertThat(evaluation.predictions()).hasSize(40).allMatch(p -> List.of("yes it is", "no").contains(p.given()));
        long right = evaluation.predictions().stream().filter(Prediction::right).count();
        assertThat(evaluation.score().value()).isEqualTo(right / 40.0);
        assertThat(evaluation.score().n()).isEqualTo(40);
    }

    @Test
    void exactMatchComparesWhatTheModelWrites() throws Exception {
        Evaluator evaluator = Evaluator.of(base, template(), Metric.EXACT_MATCH);
        List<Example> examples = examples(10);
        Evaluation first = evaluator.measure(model, examples, Progress.SILENT);
        List<Example> agreeing = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Example e = examples.get(i);
            agreeing.add(new Example(e.id(), null, e.prompt(), i < 3 ? first.predictions().get(i).given() + " " : "no"));
        }
        assertThat(evaluator.measure(model, agreeing, Progress.SILENT).score().value()).isBetween(0.0, 1.0);
        assertThat(first.predictions()).allMatch(p -> !p.given().isEmpty());
    }

    @Test
    void theSameModelGetsTheSameScoreTwice() throws Exception {
        Evaluator evaluator = Evaluator.of(base, template("yes it is", "no"), Metric.MACRO_F1);
        assertThat(evaluator.measure(model, examples(30), Progress.SILENT))
                .isEqualTo(evaluator.measure(model, examples(30), Progress.SILENT));
    }

    @Test
    void aPromptLongerThanTheContextLosesItsFrontAndIsCounted() throws Exception {
        Evaluator evaluator = Evaluator.of(base, template("yes it is", "no"), Metric.ACCURACY);
        List<Example> examples = new ArrayList<>(examples(3));
        examples.add(new Example("long", null, "word ".repeat(50) + "end", "no"));
        assertThat(evaluator.measure(model, examples, Progress.SILENT).cut()).isEqualTo(1);
    }

    @Test
    void anInterruptEndsTheMeasurement() throws Exception {
        Evaluator evaluator = Evaluator.of(base, template("yes it is", "no"), Metric.ACCURACY);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> evaluator.measure(model, examples(3), Progress.SILENT)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void progressReachesTheNumberOfExamples() throws Exception {
        List<Integer> heard = new ArrayList<>();
        Evaluator.of(base, template("yes it is", "no"), Metric.ACCURACY).measure(model, examples(20), (done, total) -> {
            assertThat(total).isEqualTo(20);
            heard.add(done);
        });
        assertThat(heard.getLast()).isEqualTo(20);
    }
}
