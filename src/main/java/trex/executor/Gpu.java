package trex.executor;

/// A graphics processor of NVIDIA's, as its driver describes it.
///
/// @param index as `cuda:n` names it
/// @param memory bytes that it has
/// @param free bytes of it that nobody uses now
/// @param driver version of the driver, for example `570.86.15`
public record Gpu(int index, String name, long memory, long free, String driver) {}
