package trex.lm;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import java.lang.foreign.MemorySegment;
import trex.model.DeviceName;

/// Where a model computes. All native memory begins here, so that nothing is made on another device
/// than the model's; the architecture test holds that.
public final class ComputeDevice {
    public static final ComputeDevice PROCESSOR = new ComputeDevice(DeviceName.CPU, Device.cpu(), true);

    /// The processor in the role of a device with memory of its own: all that is particular to such
    /// devices runs on a machine that has none.
    public static final ComputeDevice STAND_IN = new ComputeDevice(DeviceName.CPU, Device.cpu(), false);

    private final DeviceName name;
    private final Device device;
    private final boolean shared;

    /// @param shared whether tensors lie in memory that Java can address
    private ComputeDevice(DeviceName name, Device device, boolean shared) {
        this.name = name;
        this.device = device;
        this.shared = shared;
    }

    public static ComputeDevice of(DeviceName name) {
        return switch (name.kind()) {
            case CPU -> PROCESSOR;
            case CUDA -> new ComputeDevice(name, Device.gpu(name.index()), false);
            case MPS -> new ComputeDevice(name, Device.of("mps", 0), false);
        };
    }

    public DeviceName name() {
        return name;
    }

    /// Whether what only the processor's library offers may be used: its layouts of matrices, its
    /// products. Elsewhere attention is one fused kernel.
    boolean isProcessor() {
        return shared;
    }

    /// Owner of tensors on this device, to be closed by the caller.
    PtNDManager memory() {
        return (PtNDManager) NDManager.newBaseManager(device, "PyTorch");
    }

    /// Owner, within another's life, of numbers that a graph asks for one by one.
    PtNDManager numbers(PtNDManager scope) {
        return shared ? scope : (PtNDManager) scope.newSubManager(Device.cpu());
    }

    /// Writes the content of a tensor.
    @FunctionalInterface
    interface Filling<E extends Exception> {
        void into(MemorySegment content) throws E;
    }

    /// A new tensor on this device. Elsewhere than on the processor it is written beside it first.
    <E extends Exception> NDArray filled(PtNDManager owner, Shape shape, DataType type, Filling<E> filling) throws E {
        if (shared) {
            NDArray array = owner.create(shape, type);
            filling.into(NativeMemory.of(array));
            return array;
        }
        try (PtNDManager beside = (PtNDManager) owner.newSubManager(Device.cpu())) {
            NDArray written = beside.create(shape, type);
            filling.into(NativeMemory.of(written));
            NDArray placed = written.toDevice(device, true);
            placed.attach(owner);
            return placed;
        }
    }

    /// The numbers of a tensor of fp32, in Java memory.
    float[] floats(NDArray array) {
        if (shared) {
            return array.toFloatArray();
        }
        try (NDArray copy = array.toDevice(Device.cpu(), true)) {
            return copy.toFloatArray();
        }
    }
}
