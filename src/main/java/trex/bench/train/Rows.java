package trex.bench.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import trex.bench.step.RandomExamples;
import trex.lm.PackedBatch;
import trex.lm.Segment;
import trex.training.LabelledExample;
import trex.training.Packing;

/// Random examples of a load, and the batches that they become.
///
/// @param examples ids and where labels begin
record Rows(List<LabelledExample> examples) {
    private static final int SHORT = 16;
    private static final int ASKED = 64;
    private static final int SHARED = 46;
    private static final int ANSWER = 3;
    /// Sixteen quantiles of what 3,000 of SST-2's training sentences and the answer add to the shared
    /// part in SmolLM2's tokens; the last is the mean longest of sixteen drawn by chance.
    private static final int[] OWN = {11, 12, 12, 13, 14, 15, 16, 17, 18, 19, 21, 23, 25, 28, 33, 42};

    Rows {
        examples = List.copyOf(examples);
    }

    static Rows of(TrainCase.Load load, int vocabulary) {
        RandomExamples random = new RandomExamples(3, vocabulary);
        return switch (load) {
            case ROWS -> new Rows(List.of(random.text("r0", 256), random.text("r1", 256)));
            case LONG -> new Rows(List.of(random.text("r", 1024)));
            case SHORT -> new Rows(shortOnes(random, SHORT, ANSWER));
        };
    }

    /// Prompts to measure on, each with one of its two answers, which are a token long.
    static Rows asked(int vocabulary) {
        return new Rows(shortOnes(new RandomExamples(4, vocabulary), ASKED, 1));
    }

    /// Each prompt with either answer, as this program measures them.
    PackedBatch withBothAnswers() {
        List<LabelledExample> both = new ArrayList<>(examples);
        for (LabelledExample example : examples) {
            int[] other = example.ids().clone();
            int answer = other[other.length - 1];
            other[other.length - 1] = answer == 0 ? 1 : answer - 1;
            both.add(new LabelledExample(example.id(), other, example.firstLabel()));
        }
        return Packing.of(both, 1);
    }

    /// Own parts as long as SST-2's, the answer among them.
    private static List<LabelledExample> shortOnes(RandomExamples random, int count, int answer) {
        int[] shared = random.ids(SHARED);
        return IntStream.range(0, count)
                .mapToObj(e -> random.asked("e" + e, shared, OWN[e * OWN.length / count] - answer, answer))
                .toList();
    }

    /// As this program trains on them.
    PackedBatch packed() {
        return RandomExamples.packed(examples);
    }

    /// One example a row, each as long as the longest, logits at every position; what is no label
    /// counts nothing.
    PackedBatch padded() {
        int length = examples.stream().mapToInt(LabelledExample::inputs).max().orElseThrow();
        int tokens = length * examples.size();
        int[] ids = new int[tokens];
        int[] labels = new int[tokens];
        float[] weights = new float[tokens];
        float weight = 1f / RandomExamples.labels(examples);
        for (int e = 0; e < examples.size(); e++) {
            LabelledExample example = examples.get(e);
            for (int t = 0; t < example.inputs(); t++) {
                ids[e * length + t] = example.ids()[t];
                labels[e * length + t] = example.ids()[t + 1];
                weights[e * length + t] = t + 1 >= example.firstLabel() ? weight : 0;
            }
        }
        return padded(ids, labels, weights, length);
    }

    private static PackedBatch padded(int[] ids, int[] labels, float[] weights, int length) {
        List<Segment> segments = IntStream.range(0, ids.length / length)
                .mapToObj(s -> new Segment(s * length, length, Segment.NONE))
                .toList();
        int[] positions = IntStream.range(0, ids.length).map(t -> t % length).toArray();
        return new PackedBatch(ids, positions, segments, IntStream.range(0, ids.length).toArray(), labels, weights);
    }

    /// The same ids as [#padded()], the last label of each row with them.
    int[][] whole() {
        return examples.stream().map(LabelledExample::ids).toArray(int[][]::new);
    }
}
