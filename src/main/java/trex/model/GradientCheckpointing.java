package trex.model;

/// Whether activations are computed again on the way back instead of being kept.
public enum GradientCheckpointing {
    /// Where the memory estimate asks for it.
    AUTO,
    ON,
    OFF
}
