package trex.model;

/// The number format of the base weights and activations. Adapters and moments are always fp32.
public enum Precision {
    /// The faster one on this machine, by its calibration.
    AUTO,
    FP32,
    BF16
}
