package trex.training;

import java.util.Arrays;
import java.util.List;
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
        LabelledExample made = answers(example.id(), example.prompt(), List.of(example.completion()), maxLength).getFirst();
        return lossOn == LossOn.ALL ? new LabelledExample(made.id, made.ids, 1) : made;
    }

    /// Several answers to one prompt: all see the same of it.
    ///
    /// @param maxLength of the prompt with the longest answer, cut as [#of] does
    static List<LabelledExample> answers(String id, int[] prompt, List<int[]> answers, int maxLength) {
        int longest = answers.stream().mapToInt(a -> Math.min(a.length, maxLength - 1)).max().orElseThrow();
        int[] kept = Arrays.copyOfRange(prompt, Math.max(0, prompt.length - (maxLength - longest)), prompt.length);
        return answers.stream().map(answer -> {
            int length = Math.min(answer.length, maxLength - 1);
            int[] ids = Arrays.copyOf(kept, kept.length + length);
            System.arraycopy(answer, 0, ids, kept.length, length);
            return new LabelledExample(id, ids, kept.length);
        }).toList();
    }

    public int labels() {
        return ids.length - firstLabel;
    }

    /// Tokens that are run through the model: the last one has nothing to predict.
    public int inputs() {
        return ids.length - 1;
    }
}
