package trex.lm;

/// A device with memory of its own, played by the processor: weights that are written beside it,
/// numbers that are read and written by copies, fused attention.
class StandInDeviceTest extends DeviceParity {
    @Override
    ComputeDevice device() {
        return ComputeDevice.STAND_IN;
    }
}
