package trex.lm;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.ArrayList;
import java.util.List;
import trex.lm.graph.Graph;

/// Named fp32 tensors of a model, wherever they lie.
///
/// @param graph has the method that moves numbers between devices
/// @param memory owner of what is needed meanwhile
record NativeTensors(ComputeDevice device, Graph graph, PtNDManager memory, List<String> names, NDList arrays) {
    /// As they are: on the processor the tensors themselves, elsewhere copies.
    List<FloatTensor> read() {
        if (device.isProcessor()) {
            return NativeMemory.views(names, arrays);
        }
        List<FloatTensor> copies = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            copies.add(new FloatTensor(names.get(i), arrays.get(i).getShape().getShape(), device.floats(arrays.get(i))));
        }
        return copies;
    }

    <E extends Exception> void change(TensorChange<E> change) throws E {
        List<FloatTensor> tensors = read();
        change.on(tensors);
        if (!device.isProcessor()) {
            write(tensors);
        }
    }

    private void write(List<FloatTensor> tensors) {
        try (PtNDManager scope = memory.newSubManager(memory.getDevice())) {
            NDList sources = new NDList();
            for (FloatTensor tensor : tensors) {
                sources.add(device.filled(scope, new Shape(tensor.shape()), DataType.FLOAT32,
                        content -> content.copyFrom(tensor.values())));
            }
            both(graph, scope, "overwrite", arrays, sources);
        }
    }

    /// Runs a method of the graph that changes tensors by others, which may lie on another device.
    static void both(Graph graph, PtNDManager scope, String method, NDList targets, NDList sources) {
        try (NDList changed = handles("T[]", targets);
                NDList given = handles("S[]", sources)) {
            NDList arguments = new NDList(changed);
            arguments.addAll(given);
            graph.call(scope, method, arguments).close();
        }
    }

    /// The same tensors under a name of their own.
    private static NDList handles(String name, NDList arrays) {
        NDList handles = new NDList();
        arrays.forEach(array -> handles.add(array.stopGradient()));
        return NativeMemory.named(name, handles);
    }
}
