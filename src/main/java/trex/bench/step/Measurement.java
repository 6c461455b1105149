package trex.bench.step;

/// What a measured process did and took; times are those of the fastest run.
///
/// @param seconds of a step, or of an evaluated batch
/// @param tokens run through the model in it, shared beginnings counted once
/// @param examples in it
/// @param operations that its mathematics needs, in FLOP; 0 where they are not counted
/// @param gemm rate of the fastest matrix products that the machine has in the same precision, measured
///     between the steps, GFLOP/s
/// @param gemmFp32 rate of the library's own products in fp32, which other programs use
/// @param peakBytes largest resident memory of the process before any control ran
public record Measurement(
        double seconds, int tokens, int examples, double operations, double gemm, double gemmFp32, long peakBytes) {
    public double tokensPerSecond() {
        return tokens / seconds;
    }

    public double examplesPerSecond() {
        return examples / seconds;
    }

    /// Tokens a second if every needed operation ran at the measured rate.
    public double limit() {
        return tokens * gemm * 1e9 / operations;
    }
}
