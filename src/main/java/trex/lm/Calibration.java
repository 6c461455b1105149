package trex.lm;

import trex.model.Precision;

/// What matrix products reach on a machine, in GFLOP/s, and what follows from it. Processors differ
/// by a factor of four hundred here: some multiply bf16 four times as fast as fp32, some a hundred
/// times more slowly.
///
/// @param machine digest of the machine and of the library that were measured
/// @param fp32 rate of fp32 products
/// @param bf16 rate of bf16 products
public record Calibration(String machine, double fp32, double bf16) {
    /// bf16 must be this much faster: a step is not only products, and rounding is not free.
    private static final double CLEARLY = 1.5;

    /// Narrower models spend their time between the products.
    private static final int LEAST_WIDTH = 256;

    /// No device comes near; a rate above it was not measured.
    private static final double IMPOSSIBLE = 1e7;

    public Calibration {
        if (!(fp32 > 0 && fp32 < IMPOSSIBLE) || !(bf16 > 0 && bf16 < IMPOSSIBLE)) {
            throw new IllegalArgumentException(
                    "calibration: rates must be above 0 and below 1e7 GFLOP/s, got " + fp32 + " and " + bf16);
        }
    }

    /// Resolves `AUTO`; another wish is granted as it is.
    public Choice choose(Precision wanted, ModelConfig model) {
        String rates = "fp32 runs at %.0f GFLOP/s here, bf16 at %.0f".formatted(fp32, bf16);
        if (wanted != Precision.AUTO) {
            return new Choice(wanted, "%s as the recipe says; %s".formatted(name(wanted), rates));
        }
        if (model.width() < LEAST_WIDTH) {
            return new Choice(Precision.FP32,
                    "fp32: a width of %d is too small to gain from bf16; %s".formatted(model.width(), rates));
        }
        return bf16 >= CLEARLY * fp32
                ? new Choice(Precision.BF16, "bf16: " + rates)
                : new Choice(Precision.FP32, "fp32: " + rates);
    }

    private static String name(Precision precision) {
        return precision == Precision.BF16 ? "bf16" : "fp32";
    }

    /// @param precision `FP32` or `BF16`
    /// @param reason one sentence for the person, without a full stop
    public record Choice(Precision precision, String reason) {}
}
