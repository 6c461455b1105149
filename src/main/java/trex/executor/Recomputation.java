package trex.executor;

import trex.model.ByteCount;
import trex.model.GradientCheckpointing;

/// Whether a training computes activations again on the way back (gradient checkpointing, Chen et
/// al. 2016, arXiv 1604.06174), and why.
///
/// @param need the memory that the training then takes
/// @param reason one sentence for the person, without a full stop
record Recomputation(boolean on, MemoryNeed need, String reason) {
    /// How the reason begins.
    static final String CHOICE = "Gradient checkpointing ";

    /// @param plain need without it
    /// @param less need with it
    /// @param available bytes that the machine can still give
    static Recomputation of(GradientCheckpointing wanted, MemoryNeed plain, MemoryNeed less, long available) {
        return switch (wanted) {
            case ON -> new Recomputation(true, less, CHOICE + "is on as the recipe says");
            case OFF -> new Recomputation(false, plain, CHOICE + "is off as the recipe says");
            case AUTO -> plain.total() <= available
                    ? new Recomputation(false, plain, CHOICE + "is off: without it the recipe needs about "
                            + words(plain, available))
                    : new Recomputation(true, less, CHOICE + "is on: without it the recipe would need about "
                            + words(plain, available));
        };
    }

    private static String words(MemoryNeed plain, long available) {
        return new ByteCount(plain.total()) + " of memory, and " + new ByteCount(available) + " are available";
    }

    /// The recipe's field, settled.
    GradientCheckpointing settled() {
        return on ? GradientCheckpointing.ON : GradientCheckpointing.OFF;
    }
}
