package trex.lm;

import trex.model.Precision;

/// What matrix products reach on a machine, in GFLOP/s, and what follows from it. Processors differ
/// by a factor of four hundred here: some multiply bf16 four times as fast as fp32, some a hundred
/// times more slowly.
///
/// @param machine digest of the machine and of the library that were measured
/// @param fp32 rate of the library's own fp32 products
/// @param bf16 rate of bf16 products
/// @param direct rate of oneDNN's fp32 products; 0 where there are none
public record Calibration(String machine, double fp32, double bf16, double direct) {
    /// bf16 must be this much faster: a step is not only products, and rounding is not free.
    private static final double CLEARLY = 1.5;

    /// oneDNN's fp32 products must be this much faster than the library's own.
    private static final double FASTER = 1.2;

    /// Narrower models spend their time between the products.
    private static final int LEAST_WIDTH = 256;

    /// No device comes near; a rate above it was not measured.
    private static final double IMPOSSIBLE = 1e7;

    public Calibration {
        if (!(fp32 > 0 && fp32 < IMPOSSIBLE) || !(bf16 > 0 && bf16 < IMPOSSIBLE) || !(direct >= 0 && direct < IMPOSSIBLE)) {
            throw new IllegalArgumentException("calibration: rates must be above 0 and below 1e7 GFLOP/s, got "
                    + fp32 + ", " + bf16 + " and " + direct);
        }
    }

    /// What multiplies fp32 matrices fastest here.
    public Products products() {
        return direct >= FASTER * fp32 ? Products.ONEDNN : Products.LIBRARY;
    }

    /// Rate of fp32 products by the faster routine.
    public double fastestFp32() {
        return products() == Products.ONEDNN ? direct : fp32;
    }

    /// Whether a training that wants this precision depends on a calibration.
    public static boolean decides(Precision wanted, ModelConfig model) {
        return wanted == Precision.AUTO || wanted == Precision.FP32 && gains(model);
    }

    /// Whether a model gains from anything but the library's own fp32 products.
    private static boolean gains(ModelConfig model) {
        return model.width() >= LEAST_WIDTH;
    }

    /// Resolves `AUTO`; another wish is granted as it is.
    public Choice choose(Precision wanted, ModelConfig model) {
        if (wanted != Precision.AUTO) {
            return new Choice(wanted, products(model), "%s as the recipe says; %s".formatted(name(wanted), rates()));
        }
        if (!gains(model)) {
            return new Choice(Precision.FP32, products(model),
                    "fp32: a width of %d is too small to gain from bf16; %s".formatted(model.width(), rates()));
        }
        return bf16 >= CLEARLY * fastestFp32()
                ? new Choice(Precision.BF16, products(model), "bf16: " + rates())
                : new Choice(Precision.FP32, products(model), "fp32: " + rates());
    }

    private Products products(ModelConfig model) {
        return gains(model) ? products() : Products.LIBRARY;
    }

    private String rates() {
        String how = products() == Products.ONEDNN ? " by oneDNN (the library's own products at %.0f)".formatted(fp32) : "";
        return "fp32 runs at %.0f GFLOP/s here%s, bf16 at %.0f".formatted(fastestFp32(), how, bf16);
    }

    private static String name(Precision precision) {
        return precision == Precision.BF16 ? "bf16" : "fp32";
    }

    /// @param precision `FP32` or `BF16`
    /// @param products what multiplies fp32 matrices
    /// @param reason one sentence for the person, without a full stop
    public record Choice(Precision precision, Products products, String reason) {}
}
