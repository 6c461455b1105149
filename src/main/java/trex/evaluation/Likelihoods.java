package trex.evaluation;

import java.util.Arrays;
import java.util.List;
import trex.lm.KnownPrefix;
import trex.lm.LanguageModel;

/// How likely a model finds given answers. What all prompts begin with is run once, for all batches.
final class Likelihoods {
    private static final int BATCH_TOKENS = 2048;

    private Likelihoods() {}

    /// @param prompts ids, none empty
    /// @param answers ids of each prompt's answers, none empty
    /// @return `[prompts][answers]`, sums over an answer's tokens, in nats
    /// @throws InterruptedException between batches
    static double[][] of(LanguageModel model, List<int[]> prompts, List<int[][]> answers, Progress progress)
            throws InterruptedException {
        PromptBatches batches = PromptBatches.of(prompts, i -> inputs(answers.get(i)), BATCH_TOKENS, prompts.size());
        double[][] likelihoods = new double[prompts.size()][];
        int done = 0;
        try (KnownPrefix prefix = model.prefix(Arrays.copyOf(prompts.getFirst(), batches.shared()))) {
            for (int[] members : batches.members()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                AnswerBatch batch = new AnswerBatch(Arrays.stream(members).mapToObj(prompts::get).toList(),
                        batches.shared(), Arrays.stream(members).mapToObj(answers::get).toList());
                double[][] sums = batch.sums(model.score(batch.packed(), prefix));
                for (int m = 0; m < members.length; m++) {
                    likelihoods[members[m]] = sums[m];
                }
                done += members.length;
                progress.measured(done, prompts.size());
            }
        }
        return likelihoods;
    }

    /// The last token of an answer has nothing to predict.
    private static int inputs(int[][] answers) {
        return Arrays.stream(answers).mapToInt(a -> a.length - 1).sum();
    }
}
