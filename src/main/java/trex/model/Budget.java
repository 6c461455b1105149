package trex.model;

/// What a study may spend.
///
/// @param rounds nodes to finish at most, the baseline not counted, `1..1000`
/// @param seconds wall-clock seconds of computing at most, at least 1
/// @param examplesPerRound training examples a round may use at most, at least 1
public record Budget(int rounds, long seconds, int examplesPerRound) {
    /// The paper's cap of training examples a round (arXiv 2604.14116).
    public static final int DEFAULT_EXAMPLES_PER_ROUND = 50_000;

    public Budget {
        if (rounds < 1 || rounds > 1000) {
            throw new IllegalArgumentException("budget: rounds must be 1..1000, got " + rounds);
        }
        if (seconds < 1) {
            throw new IllegalArgumentException("budget: seconds must be at least 1, got " + seconds);
        }
        if (examplesPerRound < 1) {
            throw new IllegalArgumentException("budget: examplesPerRound must be at least 1, got " + examplesPerRound);
        }
    }
}
