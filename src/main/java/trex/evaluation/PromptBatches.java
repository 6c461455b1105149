package trex.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/// Cuts a data set's prompts into batches: prompts of like length together, as many as fit a number
/// of tokens, what all prompts of the data set begin with counted once.
///
/// @param shared leading tokens that all prompts have in common; each prompt goes on behind them
/// @param members indices of the prompts of each batch
record PromptBatches(int shared, List<int[]> members) {
    /// @param extra tokens that a prompt brings with it, by its index
    /// @param tokens most tokens of a batch, unless a single prompt has more
    /// @param most most prompts of a batch
    static PromptBatches of(List<int[]> prompts, IntUnaryOperator extra, int tokens, int most) {
        int shared = agreement(prompts);
        List<Integer> order = IntStream.range(0, prompts.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> prompts.get(i).length + extra.applyAsInt(i)))
                .toList();
        List<int[]> members = new ArrayList<>();
        List<Integer> open = new ArrayList<>();
        int filled = shared;
        for (int index : order) {
            int needed = prompts.get(index).length - shared + extra.applyAsInt(index);
            if (!open.isEmpty() && (filled + needed > tokens || open.size() == most)) {
                members.add(open.stream().mapToInt(Integer::intValue).toArray());
                open.clear();
                filled = shared;
            }
            open.add(index);
            filled += needed;
        }
        members.add(open.stream().mapToInt(Integer::intValue).toArray());
        return new PromptBatches(shared, members);
    }

    private static int agreement(List<int[]> prompts) {
        int[] first = prompts.getFirst();
        int shared = first.length - 1;
        for (int[] prompt : prompts) {
            int difference = Arrays.mismatch(first, prompt);
            shared = Math.min(shared, Math.min(prompt.length - 1, difference < 0 ? shared : difference));
        }
        return prompts.size() == 1 ? 0 : Math.max(0, shared);
    }
}
