package trex.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import trex.lm.ExampleEncoder;
import trex.lm.LanguageModel;
import trex.model.Example;
import trex.model.Metric;
import trex.model.RowForm;
import trex.model.Score;

/// The mean negative log-likelihood of a token of the right answers, or of plain texts, in nats.
/// Texts longer than the model's context are measured in pieces, each beginning anew with the last
/// token of the one before, so that every token counts once.
record MeanLoss(ExampleEncoder encoder) {
    Evaluation of(LanguageModel model, List<Example> examples, Progress progress) throws InterruptedException {
        List<int[]> prompts = new ArrayList<>();
        List<int[][]> answers = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        int cut = 0;
        for (int i = 0; i < examples.size(); i++) {
            Example example = examples.get(i);
            GivenAnswers given = example.form() == RowForm.TEXT
                    ? pieces(example, model.config().context())
                    : GivenAnswers.of(List.of(example), encoder, model.config().context());
            prompts.addAll(given.prompts());
            given.answers().forEach(both -> answers.add(new int[][] {both[0]}));
            owners.addAll(Collections.nCopies(given.prompts().size(), i));
            cut += given.cut();
        }
        double[][] sums = Likelihoods.of(model, prompts, answers, progress);
        double[] losses = new double[examples.size()];
        double[] tokens = new double[examples.size()];
        for (int p = 0; p < sums.length; p++) {
            losses[owners.get(p)] -= sums[p][0];
            tokens[owners.get(p)] += answers.get(p)[0].length;
        }
        return new Evaluation(score(losses, tokens), List.of(), cut);
    }

    private GivenAnswers pieces(Example example, int context) {
        int[] text = encoder.completion(example.answer());
        List<int[]> prompts = new ArrayList<>();
        List<int[][]> answers = new ArrayList<>();
        for (int at = 0; at < text.length; at += context - 1) {
            prompts.add(at == 0 ? encoder.prompt(example) : new int[] {text[at - 1]});
            answers.add(new int[][] {Arrays.copyOfRange(text, at, Math.min(text.length, at + context - 1))});
        }
        return new GivenAnswers(prompts, answers, 0);
    }

    /// A ratio of two sums; its standard error is that of the linearised ratio (Cochran 1977,
    /// Sampling Techniques, 6.4).
    static Score score(double[] losses, double[] tokens) {
        int n = losses.length;
        double all = Arrays.stream(tokens).sum();
        double mean = Arrays.stream(losses).sum() / all;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            squares += Math.pow(losses[i] - mean * tokens[i], 2);
        }
        return new Score(Metric.LOSS, mean, n < 2 ? 0 : Math.sqrt(squares * n / (n - 1)) / all, n);
    }
}
