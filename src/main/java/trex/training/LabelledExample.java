package trex.training;

import java.util.Arrays;
import trex.lm.TokenizedExample;
import trex.model.LossOn;

/// An example as the model sees it: token `t` is to predict `ids[t + 1]`.
///
/// @param ids prompt and completion
/// @param firstLabel index of the first token that is to be predicted, at least 1
public record LabelledExample(String id, int[] ids, int firstLabel) {
    /// @param maxLength longer examples lose the front of their prompt, and the end of a
    ///     completion that alone is longer
    public static LabelledExample of(TokenizedExample example, LossOn lossOn, int maxLength) {
        int[] completion = Arrays.copyOf(
                example.completion(), Math.min(example.completion().length, maxLength - 1));
        int keptPrompt = Math.min(example.prompt().length, maxLength - completion.length);
        int[] ids = new int[keptPrompt + completion.length];
        System.arraycopy(example.prompt(), example.prompt().length - keptPrompt, ids, 0, keptPrompt);
        System.arraycopy(completion, 0, ids, keptPrompt, completion.length);
        return new LabelledExample(example.id(), ids, lossOn == LossOn.ALL ? 1 : keptPrompt);
    }

    public int labels() {
        return ids.length - firstLabel;
    }

    /// Tokens that are run through the model: the last one has nothing to predict.
    public int inputs() {
        return ids.length - 1;
    }
}
