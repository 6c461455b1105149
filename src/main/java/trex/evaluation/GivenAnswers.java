package trex.evaluation;

import java.util.ArrayList;
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
        List<int[]> prompts = new ArrayList<>();
        List<int[][]> answers = new ArrayList<>();
        int cut = 0;
        for (Example example : examples) {
            int[][] given = answers(example, encoder, context - 1);
            int[] prompt = encoder.prompt(example);
            int room = context - Arrays.stream(given).mapToInt(a -> a.length).max().orElseThrow();
            cut += prompt.length > room ? 1 : 0;
            prompts.add(prompt.length > room ? Arrays.copyOfRange(prompt, prompt.length - room, prompt.length) : prompt);
            answers.add(given);
        }
        return new GivenAnswers(prompts, answers, cut);
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
