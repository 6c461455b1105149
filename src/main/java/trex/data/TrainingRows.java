package trex.data;

import java.util.List;
import trex.model.Example;

/// What a data recipe made of the training split.
///
/// @param examples in the order of the first pass
/// @param keepsOrder whether later passes keep that order (short before long) instead of being
///     shuffled again
/// @param steps what each operator did, in order
public record TrainingRows(List<Example> examples, boolean keepsOrder, List<Step> steps) {
    public TrainingRows {
        examples = List.copyOf(examples);
        steps = List.copyOf(steps);
    }

    /// One operator's rows in and rows out.
    public record Step(String operator, int in, int out) {
        @Override
        public String toString() {
            return operator + ": " + in + " → " + out;
        }
    }
}
