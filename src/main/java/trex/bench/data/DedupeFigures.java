package trex.bench.data;

/// What one deduplication took and found.
///
/// @param seconds wall-clock seconds from the first byte read to the last one written
/// @param processorSeconds what it took of all processors together
/// @param exactFound planted exact repeats that were removed
/// @param nearFound planted near repeats that were removed
/// @param wrong originals that were removed
record DedupeFigures(double seconds, double processorSeconds, int exactFound, int nearFound, int wrong) {}
