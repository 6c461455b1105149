package trex.data.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import trex.data.NormalText;
import trex.model.Example;

/// Removes rows that are nearly an earlier row. The index proposes pairs, each is then counted out.
final class NearDuplicates {
    /// Answers shorter than this must be equal: two dates differ in one character.
    private static final int LONG_ANSWER = 40;

    private final double similarity;

    NearDuplicates(double similarity) {
        this.similarity = similarity;
    }

    List<Example> removedFrom(List<Example> rows) {
        Frame frame = Frame.of(rows);
        List<String> prompts = rows.parallelStream().map(row -> NormalText.of(frame.core(row.text()))).toList();
        List<byte[]> signatures = prompts.parallelStream().map(Sketch::of).toList();
        NearIndex index = new NearIndex(similarity);
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Example row = rows.get(i);
            String prompt = prompts.get(i);
            boolean seen = index.any(signatures.get(i), earlier ->
                    teachAlike(rows.get(kept.get(earlier)), row)
                            && Sketch.similarity(prompts.get(kept.get(earlier)), prompt) >= similarity);
            if (!seen) {
                index.add(signatures.get(i));
                kept.add(i);
            }
        }
        return kept.stream().map(rows::get).toList();
    }

    private boolean teachAlike(Example one, Example other) {
        return similarAnswers(one.answer(), other.answer())
                && similarAnswers(String.valueOf(one.rejected()), String.valueOf(other.rejected()))
                && Objects.equals(one.good(), other.good());
    }

    private boolean similarAnswers(String one, String other) {
        return one.equals(other) || (Math.min(one.length(), other.length()) >= LONG_ANSWER
                && Sketch.similarity(NormalText.of(one), NormalText.of(other)) >= similarity);
    }
}
