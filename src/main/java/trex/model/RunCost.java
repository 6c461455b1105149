package trex.model;

/// What a run took.
///
/// @param seconds wall-clock seconds of the worker
/// @param peakBytes largest resident memory of the worker
/// @param examples training examples processed
/// @param tokens tokens processed in training, shared prefixes counted once
/// @param takenOver whether no worker ran: an earlier run did the same work, and what counts here is
///     what that one took
public record RunCost(double seconds, long peakBytes, long examples, long tokens, boolean takenOver) {
    public static final RunCost NONE = new RunCost(0, 0, 0, 0);

    /// Of a worker that ran.
    public RunCost(double seconds, long peakBytes, long examples, long tokens) {
        this(seconds, peakBytes, examples, tokens, false);
    }

    public RunCost plus(RunCost other) {
        return new RunCost(seconds + other.seconds, Math.max(peakBytes, other.peakBytes),
                examples + other.examples, tokens + other.tokens, takenOver && other.takenOver);
    }

    /// The same for a run that takes over the outcome.
    public RunCost asTakenOver() {
        return new RunCost(seconds, peakBytes, examples, tokens, true);
    }
}
