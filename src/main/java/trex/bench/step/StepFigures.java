package trex.bench.step;

/// What the measured process found.
///
/// @param seconds of the fastest step
/// @param tokens run through the model in a step, shared beginnings counted once
/// @param examples of a step
/// @param operations that the mathematics of a step needs, in FLOP
/// @param gemm rate of matrix products in the same precision, measured between the steps, GFLOP/s
/// @param gemmFp32 the same in fp32
/// @param peakBytes largest resident memory of the process
/// @param growthBytes resident memory after the last step less that after the twentieth
record StepFigures(
        double seconds,
        int tokens,
        int examples,
        double operations,
        double gemm,
        double gemmFp32,
        long peakBytes,
        long growthBytes) {
    double tokensPerSecond() {
        return tokens / seconds;
    }

    double examplesPerSecond() {
        return examples / seconds;
    }

    /// Tokens a second if every needed operation ran at the measured rate.
    double limit() {
        return tokens * gemm * 1e9 / operations;
    }
}
