package trex.bench;

/// Measures the rate of matrix products on this machine, in a second or two.
@FunctionalInterface
public interface GemmProbe {
    Gemm measure() throws Bench.Unmeasured, InterruptedException;
}
