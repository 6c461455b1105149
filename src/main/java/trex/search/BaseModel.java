package trex.search;

import trex.model.ExperimentTree;
import trex.model.Run;
import trex.model.RunOutcome;

/// What the first measurement told about the base model.
///
/// @param peakBytes largest memory of the process that measured it; 0 where it is not known
public record BaseModel(long peakBytes) {
    public static final BaseModel UNKNOWN = new BaseModel(0);
    /// Measuring takes the weights, two bytes a parameter, and half a GiB beside them; full tuning
    /// takes sixteen bytes a parameter. At this limit, about 400 million parameters, those are 6 GiB.
    private static final long MOST_FOR_FULL_TUNING = 5L << 28;

    public static BaseModel of(ExperimentTree tree) {
        if (tree.isEmpty()) {
            return UNKNOWN;
        }
        long peak = 0;
        for (Run run : tree.baseline().runs()) {
            if (run.outcome() instanceof RunOutcome.Completed done) {
                peak = Math.max(peak, done.cost().peakBytes());
            }
        }
        return new BaseModel(peak);
    }

    /// Whether training every weight fits ordinary machines. Not where the size is unknown.
    public boolean mayBeFullyTuned() {
        return peakBytes > 0 && peakBytes <= MOST_FOR_FULL_TUNING;
    }
}
