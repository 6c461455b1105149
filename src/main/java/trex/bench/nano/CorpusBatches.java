package trex.bench.nano;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import trex.lm.PackedBatch;
import trex.lm.Segment;
import trex.lm.Tokenizer;

/// An endless stream of corpus text, cut into batches of equally long pieces.
final class CorpusBatches {
    private final Tokenizer tokenizer;
    private final RandomGenerator random;
    private final int pieces;
    private final int length;
    private int[] left = new int[0];

    /// @param pieces pieces of one batch
    /// @param length tokens of one piece
    CorpusBatches(Tokenizer tokenizer, RandomGenerator random, int pieces, int length) {
        this.tokenizer = tokenizer;
        this.random = random;
        this.pieces = pieces;
        this.length = length;
    }

    /// The next batch; every token but the last of a piece predicts its successor.
    PackedBatch next() {
        int[] ids = take(pieces * length);
        int[] positions = new int[ids.length];
        Arrays.setAll(positions, i -> i % length);
        List<Segment> segments = new ArrayList<>(pieces);
        int[] rows = new int[pieces * (length - 1)];
        int[] labels = new int[rows.length];
        for (int piece = 0; piece < pieces; piece++) {
            segments.add(new Segment(piece * length, length, Segment.NONE));
            for (int i = 0; i < length - 1; i++) {
                int row = piece * (length - 1) + i;
                rows[row] = piece * length + i;
                labels[row] = ids[rows[row] + 1];
            }
        }
        float[] weights = new float[rows.length];
        Arrays.fill(weights, 1f / rows.length);
        return new PackedBatch(ids, positions, segments, rows, labels, weights);
    }

    private int[] take(int count) {
        while (left.length < count) {
            int[] paragraph = tokenizer.encode(NanoCorpus.paragraph(random) + BytePairTrainer.END);
            int[] joined = Arrays.copyOf(left, left.length + paragraph.length);
            System.arraycopy(paragraph, 0, joined, left.length, paragraph.length);
            left = joined;
        }
        int[] taken = Arrays.copyOf(left, count);
        left = Arrays.copyOfRange(left, count, left.length);
        return taken;
    }
}
