package trex.bench.train;

import trex.bench.step.Measurement;

/// What the measured process found; times are those of the fastest run.
///
/// @param own what this program does
/// @param paddedSeconds of the same examples as padded rows with logits at every position
/// @param plainSeconds of the same rows as plain NDArray operations; 0 where it was not run
record TrainFigures(Measurement own, double paddedSeconds, double plainSeconds) {}
