package trex.evaluation;

import java.util.Arrays;
import java.util.List;
import trex.lm.ExampleEncoder;
import trex.lm.LanguageModel;
import trex.model.Example;

/// Prompts with the answers that their rows give, as ids that fit a model's context.
///
/// @param prompts none empty; a longer one has lost its front
/// @param answers the answer, and the rejected one behind it where there is one; one that alone is
///     longer than the context has lost its end
/// @param cut number of rows that lost something
record GivenAnswers(List<int[]> prompts, List<int[][]> answers, int cut) {
    static GivenAnswers of(List<Example> examples, ExampleEncoder encoder, int context) {
        List<int[][]> answers = examples.stream().map(e -> answers(e, encoder, context - 1)).toList();
        Prompts prompts = Prompts.of(examples, encoder, i -> context - longest(answers.get(i)));
        return new GivenAnswers(prompts.ids(), answers, prompts.cut());
    }

    private static int longest(int[][] answers) {
        return Arrays.stream(answers).mapToInt(a -> a.length).max().orElseThrow();
    }

    private static int[][] answers(Example example, ExampleEncoder encoder, int longest) {
        int[] answer = shortened(encoder.completion(example.answer()), longest);
        return example.rejected() == null
                ? new int[][] {answer}
                : new int[][] {answer, shortened(encoder.completion(example.rejected()), longest)};
    }

    private static int[] shortened(int[] ids, int longest) {
        return ids.length > longest ? Arrays.copyOf(ids, longest) : ids;
    }

    /// Mean log-likelihood of a token of each answer, its end included, `[examples][answers]`, in nats.
    double[][] means(LanguageModel model, Progress progress) throws InterruptedException {
        double[][] means = Likelihoods.of(model, prompts, answers, progress);
        for (int i = 0; i < means.length; i++) {
            for (int a = 0; a < means[i].length; a++) {
                means[i][a] /= answers.get(i)[a].length;
            }
        }
        return means;
    }
}
