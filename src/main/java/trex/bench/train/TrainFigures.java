package trex.bench.train;

/// What the measured process found; times are those of the fastest run.
///
/// @param seconds of a step, or of an evaluated batch
/// @param tokens run through the model in it, shared beginnings counted once
/// @param examples in it
/// @param operations that its mathematics needs, in FLOP; 0 where they are not counted
/// @param gemm rate of matrix products in the same precision, measured between the steps, GFLOP/s
/// @param gemmFp32 the same in fp32
/// @param peakBytes largest resident memory of the process before any control ran
/// @param paddedSeconds of the same examples as padded rows with logits at every position
/// @param plainSeconds of the same rows as plain NDArray operations; 0 where it was not run
record TrainFigures(
        double seconds,
        int tokens,
        int examples,
        double operations,
        double gemm,
        double gemmFp32,
        long peakBytes,
        double paddedSeconds,
        double plainSeconds) {
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
