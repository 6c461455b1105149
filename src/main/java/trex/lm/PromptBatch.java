package trex.lm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Prompts to write behind, laid out without padding; what all begin with lies there once.
///
/// @param packed rows are the prompts' last tokens
/// @param paths for each prompt the indices of its tokens in the batch
record PromptBatch(PackedBatch packed, int[][] paths) {
    static PromptBatch of(List<int[]> prompts) {
        return of(prompts, prompts.size() == 1 ? 0 : agreement(prompts));
    }

    /// @param shared number of leading tokens that all prompts have in common, fewer than any has
    static PromptBatch of(List<int[]> prompts, int shared) {
        int tokens = shared + prompts.stream().mapToInt(p -> p.length - shared).sum();
        int[] ids = Arrays.copyOf(prompts.getFirst(), tokens);
        int[] positions = new int[tokens];
        int[] rows = new int[prompts.size()];
        int[][] paths = new int[prompts.size()][];
        List<Segment> segments = new ArrayList<>();
        if (shared > 0) {
            segments.add(new Segment(0, shared, Segment.NONE));
        }
        for (int i = 0; i < shared; i++) {
            positions[i] = i;
        }
        int end = shared;
        for (int p = 0; p < paths.length; p++) {
            int[] prompt = prompts.get(p);
            segments.add(new Segment(end, prompt.length - shared, shared > 0 ? 0 : Segment.NONE));
            paths[p] = new int[prompt.length];
            for (int i = 0; i < prompt.length; i++) {
                paths[p][i] = i < shared ? i : end + i - shared;
                ids[paths[p][i]] = prompt[i];
                positions[paths[p][i]] = i;
            }
            end += prompt.length - shared;
            rows[p] = end - 1;
        }
        return new PromptBatch(new PackedBatch(ids, positions, segments, rows, new int[rows.length], new float[0]), paths);
    }

    /// Leading tokens that all prompts have in common, fewer than any has.
    private static int agreement(List<int[]> prompts) {
        int[] first = prompts.getFirst();
        int shared = first.length - 1;
        for (int[] prompt : prompts) {
            int difference = Arrays.mismatch(first, prompt);
            shared = Math.min(shared, Math.min(prompt.length - 1, difference < 0 ? shared : difference));
        }
        return shared;
    }
}
