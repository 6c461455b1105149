package trex.training;

import java.util.List;
import trex.lm.PackedBatch;

/// Sequences in one batch, and where in it the labels of each are. Where several have the same
/// label at the same row, they share it.
///
/// @param batch without weights
/// @param rows for each sequence the indices of its labels among the batch's rows
record PackedSequences(PackedBatch batch, List<int[]> rows) {
    PackedSequences {
        rows = List.copyOf(rows);
    }

    /// Log-likelihood of each sequence: the sum over its labels, in nats.
    ///
    /// @param scores one a row of the batch
    double[] logLikelihoods(float[] scores) {
        double[] sums = new double[rows.size()];
        for (int s = 0; s < sums.length; s++) {
            for (int row : rows.get(s)) {
                sums[s] += scores[row];
            }
        }
        return sums;
    }

    /// The batch whose loss is the weighted sum of the sequences' negative log-likelihoods.
    ///
    /// @param weights one a sequence; below 0 where it is to become less likely
    PackedBatch weighted(double[] weights) {
        double[] sums = new double[batch.rows().length];
        for (int s = 0; s < weights.length; s++) {
            for (int row : rows.get(s)) {
                sums[row] += weights[s];
            }
        }
        float[] rounded = new float[sums.length];
        for (int row = 0; row < sums.length; row++) {
            rounded[row] = (float) sums[row];
        }
        return new PackedBatch(batch.ids(), batch.positions(), batch.segments(), batch.rows(), batch.labels(), rounded);
    }
}
