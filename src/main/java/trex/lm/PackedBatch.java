package trex.lm;

import java.util.List;

/// Tokens to run through the model at once, without padding: examples lie one after another, and
/// what several begin with lies there once, as the segment that they continue.
///
/// @param ids token ids, `[tokens]`
/// @param positions position of each token in its example, `[tokens]`
/// @param segments cover the tokens without gap, parents first
/// @param rows indices of the tokens whose next token is wanted, `[rows]`
/// @param labels the wanted next tokens, `[rows]`
/// @param weights what each row's loss counts, `[rows]`; empty where no loss is wanted
public record PackedBatch(
        int[] ids, int[] positions, List<Segment> segments, int[] rows, int[] labels, float[] weights) {
    public PackedBatch {
        segments = List.copyOf(segments);
        if (ids.length == 0 || ids.length != positions.length) {
            throw new IllegalArgumentException(
                    "batch: " + ids.length + " ids and " + positions.length + " positions; both must be equal and above 0");
        }
        if (rows.length != labels.length || weights.length != 0 && weights.length != rows.length) {
            throw new IllegalArgumentException("batch: %d rows, %d labels and %d weights do not match"
                    .formatted(rows.length, labels.length, weights.length));
        }
        refuseGaps(segments, ids.length);
    }

    private static void refuseGaps(List<Segment> segments, int tokens) {
        int end = 0;
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            if (segment.start() != end || segment.parent() >= i) {
                throw new IllegalArgumentException("batch: " + segment + " does not follow token " + end);
            }
            end = segment.end();
        }
        if (end != tokens) {
            throw new IllegalArgumentException("batch: segments end at " + end + " of " + tokens + " tokens");
        }
    }

    public int tokens() {
        return ids.length;
    }
}
