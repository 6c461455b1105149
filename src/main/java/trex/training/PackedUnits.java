package trex.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import trex.lm.PackedBatch;

/// The sequences of a step, in as many batches as their size asks for.
///
/// @param parts in the units' order
record PackedUnits(List<PackedSequences> parts) {
    /// @param units sequences that stay together
    /// @param atOnce most units that are run at a time, on as many lanes as the model has
    static PackedUnits of(List<List<LabelledExample>> units, int atOnce, Passes model) {
        int most = Math.ceilDiv(Math.min(atOnce, units.size()), model.lanes());
        return new PackedUnits(Parts.of(units, most).stream()
                .map(part -> Packing.sequences(part.stream().flatMap(List::stream).toList()))
                .toList());
    }

    /// Number of all units' sequences.
    int sequences() {
        return parts.stream().mapToInt(part -> part.rows().size()).sum();
    }

    /// One a sequence, in the units' order, in nats.
    double[] logLikelihoods(Passes model) {
        double[] all = new double[sequences()];
        int at = 0;
        List<float[]> scores = model.score(parts.stream().map(PackedSequences::batch).toList());
        for (int i = 0; i < parts.size(); i++) {
            double[] own = parts.get(i).logLikelihoods(scores.get(i));
            System.arraycopy(own, 0, all, at, own.length);
            at += own.length;
        }
        return all;
    }

    /// Adds the gradient of a loss to the model's gradients.
    ///
    /// @param slopes derivative of the loss by each sequence's log-likelihood
    /// @return the sum of the sequences' log-likelihoods, each weighted by its slope, in nats
    double descend(double[] slopes, Passes model) {
        List<PackedBatch> batches = new ArrayList<>();
        int at = 0;
        for (PackedSequences part : parts) {
            double[] weights = Arrays.stream(slopes, at, at + part.rows().size()).map(slope -> -slope).toArray();
            batches.add(part.weighted(weights));
            at += weights.length;
        }
        return model.grads(batches);
    }
}
