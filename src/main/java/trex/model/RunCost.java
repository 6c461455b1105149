package trex.model;

/// What a run took.
///
/// @param seconds wall-clock seconds of the worker
/// @param peakBytes largest resident memory of the worker
/// @param examples training examples processed
/// @param tokens tokens processed in training, shared prefixes counted once
/// @param takenOver whether no worker ran: an earlier run did the same work, and what counts here is
///     what that one took
/// @param askedTokens of questions to a language model about the training rows and of its answers, as
///     far as they were paid for: answers that were kept cost nothing
/// @param askingSeconds wall-clock seconds of asking it, before the worker started
public record RunCost(double seconds, long peakBytes, long examples, long tokens, boolean takenOver, long askedTokens,
        double askingSeconds) {
    public static final RunCost NONE = new RunCost(0, 0, 0, 0);

    /// Of a worker that ran, where no language model was asked.
    public RunCost(double seconds, long peakBytes, long examples, long tokens) {
        this(seconds, peakBytes, examples, tokens, false, 0, 0);
    }

    public RunCost plus(RunCost other) {
        return new RunCost(seconds + other.seconds, Math.max(peakBytes, other.peakBytes),
                examples + other.examples, tokens + other.tokens, takenOver && other.takenOver,
                askedTokens + other.askedTokens, askingSeconds + other.askingSeconds);
    }

    /// The same for a run that takes over the outcome.
    public RunCost asTakenOver() {
        return new RunCost(seconds, peakBytes, examples, tokens, true, askedTokens, askingSeconds);
    }

    /// The same for a run whose rows a language model was asked about.
    public RunCost withAsking(long paidTokens, double duration) {
        return new RunCost(seconds, peakBytes, examples, tokens, takenOver, paidTokens, duration);
    }

    /// Seconds that count in the ledger.
    public double spentSeconds() {
        return seconds + askingSeconds;
    }

    /// Tokens that count in the ledger.
    public long spentTokens() {
        return tokens + askedTokens;
    }
}
