package trex.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;
import trex.model.Precision;

/// What a square matrix product reaches on this machine, in GFLOP/s (two operations a
/// multiply-add): the yardstick that a training speed is compared with.
///
/// @param size rows and columns of the matrices
/// @param fp32 in single precision
/// @param bf16 in bfloat16; null where it was not measured
public record Gemm(int size, double fp32, @Nullable Double bf16) {
    public Gemm {
        if (size < 1 || !(fp32 > 0)) {
            throw new IllegalArgumentException("gemm: size and rate must be above 0, got " + size + ", " + fp32);
        }
    }

    /// The precisions that the machine is fit for.
    public List<Precision> fit() {
        return bf16 != null && bf16 > fp32 ? List.of(Precision.FP32, Precision.BF16) : List.of(Precision.FP32);
    }
}
