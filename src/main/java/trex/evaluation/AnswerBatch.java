package trex.evaluation;

import java.util.ArrayList;
import java.util.List;
import trex.lm.PackedBatch;
import trex.lm.Segment;

/// Prompts with the answers whose likelihoods are wanted, laid out without padding: what all prompts begin
/// with lies there once, the rest of each prompt once, and behind it the tokens of each answer but
/// its last. Exact: a token sees what it would see if its prompt and answer stood alone.
final class AnswerBatch {
    private final List<int[][]> answers;
    private final List<Integer> ids = new ArrayList<>();
    private final List<Integer> positions = new ArrayList<>();
    private final List<Segment> segments = new ArrayList<>();
    private final List<Integer> rows = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();

    /// @param prompts ids of the prompts, none empty
    /// @param shared number of leading tokens that all prompts have in common, fewer than any has
    /// @param answers ids of each prompt's answers, none empty
    AnswerBatch(List<int[]> prompts, int shared, List<int[][]> answers) {
        this.answers = List.copyOf(answers);
        int common = shared == 0 ? Segment.NONE : append(prompts.getFirst(), 0, shared, 0, Segment.NONE);
        for (int p = 0; p < prompts.size(); p++) {
            int[] prompt = prompts.get(p);
            int rest = append(prompt, shared, prompt.length, 0, common);
            int lastOfPrompt = ids.size() - 1;
            for (int[] answer : answers.get(p)) {
                addAnswer(answer, prompt.length, rest, lastOfPrompt);
            }
        }
    }

    private void addAnswer(int[] answer, int position, int parent, int lastOfPrompt) {
        label(lastOfPrompt, answer[0]);
        if (answer.length > 1) {
            append(answer, 0, answer.length - 1, position, parent);
            int first = ids.size() - (answer.length - 1);
            for (int i = 1; i < answer.length; i++) {
                label(first + i - 1, answer[i]);
            }
        }
    }

    private void label(int row, int label) {
        rows.add(row);
        labels.add(label);
    }

    /// Appends tokens `from..to` as a segment and returns its index.
    private int append(int[] tokens, int from, int to, int firstPosition, int parent) {
        segments.add(new Segment(ids.size(), to - from, parent));
        for (int i = from; i < to; i++) {
            ids.add(tokens[i]);
            positions.add(firstPosition + i);
        }
        return segments.size() - 1;
    }

    PackedBatch packed() {
        return new PackedBatch(ints(ids), ints(positions), segments, ints(rows), ints(labels), new float[0]);
    }

    /// Sums the log-probabilities of each answer's tokens.
    ///
    /// @param scores one a label of [#packed()]
    /// @return `[prompts][answers]`
    double[][] sums(float[] scores) {
        double[][] sums = new double[answers.size()][];
        int next = 0;
        for (int p = 0; p < sums.length; p++) {
            sums[p] = new double[answers.get(p).length];
            for (int a = 0; a < sums[p].length; a++) {
                for (int i = 0; i < answers.get(p)[a].length; i++) {
                    sums[p][a] += scores[next++];
                }
            }
        }
        return sums;
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
