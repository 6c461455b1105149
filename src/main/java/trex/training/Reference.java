package trex.training;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/// Log-likelihoods by the untrained model, taken once before the first step. A run that goes on
/// takes them again, to the same bits.
final class Reference {
    private final double[][] logLikelihoods;

    /// @param size number of examples
    Reference(int size) {
        logLikelihoods = new double[size][];
    }

    /// @param sequences of an example
    void take(int[] used, IntFunction<List<LabelledExample>> sequences, Passes untrained, Objective.Progression progress)
            throws Validator.Stopped {
        int at = 0;
        progress.done(0, used.length);
        List<List<LabelledExample>> units = Arrays.stream(used).mapToObj(sequences).toList();
        for (List<List<LabelledExample>> part : Parts.of(units, Integer.MAX_VALUE)) {
            double[] found = PackedUnits.of(part, Integer.MAX_VALUE, untrained).logLikelihoods(untrained);
            int next = 0;
            for (List<LabelledExample> unit : part) {
                logLikelihoods[used[at++]] = Arrays.copyOfRange(found, next, next + unit.size());
                next += unit.size();
            }
            progress.done(at, used.length);
        }
    }

    /// In nats, one a sequence of the example.
    double[] of(int example) {
        return logLikelihoods[example];
    }
}
