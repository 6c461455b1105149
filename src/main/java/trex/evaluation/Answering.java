package trex.evaluation;

import java.util.List;
import trex.lm.LanguageModel;

/// A way to get an answer out of a model.
interface Answering {
    /// Tokens to keep free behind a prompt.
    int longestAnswer();

    /// @param prompts ids, none empty, each leaving room for the longest answer
    /// @return one answer a prompt
    /// @throws InterruptedException between batches
    String[] answer(LanguageModel model, List<int[]> prompts, Progress progress) throws InterruptedException;
}
