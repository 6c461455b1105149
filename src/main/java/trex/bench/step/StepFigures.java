package trex.bench.step;

/// What the measured process found.
///
/// @param step the fastest one
/// @param growthBytes resident memory after the last step less that after the twentieth
record StepFigures(Measurement step, long growthBytes) {}
