package trex.bench.step;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import trex.lm.PackedBatch;
import trex.lm.TokenizedExample;
import trex.model.LossOn;
import trex.training.LabelledExample;
import trex.training.Packing;

/// Examples of random tokens, one after another from one seed.
public final class RandomExamples {
    private static final int LONGEST = 2048;

    private final Random random;
    private final int vocabulary;

    public RandomExamples(long seed, int vocabulary) {
        this.random = new Random(seed);
        this.vocabulary = vocabulary;
    }

    /// As this program trains on them: the loss is a mean over labels.
    public static PackedBatch packed(List<LabelledExample> examples) {
        return Packing.of(examples, 1f / labels(examples));
    }

    public static int labels(List<LabelledExample> examples) {
        return examples.stream().mapToInt(LabelledExample::labels).sum();
    }

    public int[] ids(int count) {
        return random.ints(count, 0, vocabulary).toArray();
    }

    /// Each token a label; one more than go in, for the last label.
    ///
    /// @param length tokens that go in
    public LabelledExample text(String id, int length) {
        return LabelledExample.of(new TokenizedExample(id, ids(1), ids(length)), LossOn.ALL, LONGEST);
    }

    /// A prompt with its answer, which alone has labels.
    ///
    /// @param shared what the prompt begins with
    /// @param own further tokens of the prompt
    /// @param answer tokens of the answer
    public LabelledExample asked(String id, int[] shared, int own, int answer) {
        int[] prompt = Arrays.copyOf(shared, shared.length + own);
        System.arraycopy(ids(own), 0, prompt, shared.length, own);
        return LabelledExample.of(new TokenizedExample(id, prompt, ids(answer)), LossOn.COMPLETION, LONGEST);
    }
}
