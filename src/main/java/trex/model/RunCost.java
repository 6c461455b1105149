package trex.model;

/// What a run took.
///
/// @param seconds wall-clock seconds of the worker
/// @param peakBytes largest resident memory of the worker
/// @param examples training examples processed
/// @param tokens tokens processed in training, shared prefixes counted once
public record RunCost(double seconds, long peakBytes, long examples, long tokens) {
    public static final RunCost NONE = new RunCost(0, 0, 0, 0);

    public RunCost plus(RunCost other) {
        return new RunCost(seconds + other.seconds, Math.max(peakBytes, other.peakBytes),
                examples + other.examples, tokens + other.tokens);
    }
}
