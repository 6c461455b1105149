package trex.evaluation;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import trex.lm.ExampleEncoder;
import trex.lm.LanguageModel;
import trex.lm.Tokenizer;

/// Answers examples with the allowed answer of the highest likelihood: the sum of the
/// log-probabilities of its tokens. The end of the answer counts only where one allowed answer
/// begins another, and would win by being shorter.
final class AnswerComparison implements Answering {
    private final List<String> answers;
    private final int[][] answerIds;

    AnswerComparison(ExampleEncoder encoder, Tokenizer tokenizer, List<String> answers) {
        this.answers = answers;
        int[][] bare = answers.stream().map(tokenizer::encode).toArray(int[][]::new);
        this.answerIds = oneBeginsAnother(bare)
                ? answers.stream().map(encoder::completion).toArray(int[][]::new)
                : bare;
    }

    private static boolean oneBeginsAnother(int[][] ids) {
        for (int a = 0; a < ids.length; a++) {
            for (int b = 0; b < ids.length; b++) {
                if (a != b && Arrays.mismatch(ids[a], ids[b]) < 0
                        || a != b && Arrays.mismatch(ids[a], ids[b]) == ids[a].length) {
                    return true;
                }
            }
        }
        return Arrays.stream(ids).anyMatch(i -> i.length == 0);
    }

    @Override
    public int longestAnswer() {
        return Arrays.stream(answerIds).mapToInt(a -> a.length).max().orElseThrow();
    }

    @Override
    public String[] answer(LanguageModel model, List<int[]> prompts, Progress progress) throws InterruptedException {
        double[][] likelihoods = logLikelihoods(model, prompts, progress);
        String[] given = new String[likelihoods.length];
        for (int i = 0; i < given.length; i++) {
            given[i] = answers.get(largest(likelihoods[i]));
        }
        return given;
    }

    /// @return `[prompts][answers]`, in nats
    double[][] logLikelihoods(LanguageModel model, List<int[]> prompts, Progress progress) throws InterruptedException {
        return Likelihoods.of(model, prompts, Collections.nCopies(prompts.size(), answerIds), progress);
    }

    private static int largest(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }
}
