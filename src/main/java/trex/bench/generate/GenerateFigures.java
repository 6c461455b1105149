package trex.bench.generate;

/// What the measured process found.
///
/// @param single tokens a second of one stream
/// @param batched tokens a second of all streams together
/// @param limit tokens a second of one stream if each read every weight once at the measured rate
/// @param read measured rate of reading memory, GB/s
/// @param peakBytes largest resident memory of the process
record GenerateFigures(double single, double batched, double limit, double read, long peakBytes) {}
