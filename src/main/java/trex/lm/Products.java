package trex.lm;

/// What multiplies plain fp32 matrices. The library's own products are MKL's or the system's, which
/// on some processors leave the widest instructions unused; oneDNN's do not. Measured on an AMD
/// processor with AVX-512, one core, 512 rows: 110 GFLOP/s against 240.
public enum Products {
    LIBRARY,
    ONEDNN;

    /// The text of `x` times the transpose of a weight, plus a bias.
    ///
    /// @param bias expression, may be `None`
    public String of(String x, String weight, String bias) {
        return switch (this) {
            case LIBRARY -> "torch.linear(%s, %s, %s)".formatted(x, weight, bias);
            case ONEDNN -> "ops.mkldnn._linear_pointwise(%s, %s, %s, \"none\", annotate(List[Optional[number]], []), \"\")"
                    .formatted(x, weight, bias);
        };
    }
}
