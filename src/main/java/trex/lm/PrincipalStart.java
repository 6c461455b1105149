package trex.lm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import trex.lm.graph.Graph;

/// Adapters that start as the leading part of the weight that they adapt, which is left with the
/// rest (PiSSA, Meng et al. 2024, arXiv 2404.02948). The same weights give the same start, whatever
/// the recipe's seed.
final class PrincipalStart {
    private static final int SEED = 1;

    /// Directions beyond the wanted ones that the search for these works with.
    private static final int MORE = 16;

    private final ComputeDevice device;
    private final PtNDManager memory;
    private final Graph graph;
    private final Map<String, long[]> shapes;
    private final Map<String, FloatTensor> known;
    private final List<String> names = new ArrayList<>();
    private final NDList tensors = new NDList();

    /// @param known the start of a model that was opened before; empty to find it in the weights
    PrincipalStart(ComputeDevice device, PtNDManager memory, Graph graph, Map<String, long[]> shapes,
            List<FloatTensor> known) {
        this.device = device;
        this.memory = memory;
        this.graph = graph;
        this.shapes = shapes;
        this.known = FloatTensor.byName(known);
    }

    /// Takes its leading part out of a weight that is adapted.
    ///
    /// @param wide the weight in fp32
    void depart(String weight, NDArray wide) throws UnreadableModel {
        String name = weight.replaceFirst("\\.weight$", "");
        long[] shape = shapes.get(name + AdapterLayout.A);
        if (shape == null) {
            return;
        }
        NDList found = known.isEmpty()
                ? leading(wide, shape[0])
                : new NDList(copy(name + AdapterLayout.B), copy(name + AdapterLayout.A));
        names.add(name + AdapterLayout.A);
        names.add(name + AdapterLayout.B);
        tensors.add(found.get(1));
        tensors.add(found.get(0));
        graph.call(memory, "depart", new NDList(wide, found.get(0), found.get(1))).close();
    }

    private NDList leading(NDArray wide, long rank) {
        try (NDArray random = random(wide.getShape(), rank)) {
            return graph.call(memory, "leading", new NDList(wide, random));
        }
    }

    private NDArray random(Shape weight, long rank) {
        long rows = Math.min(weight.get(0), weight.get(1));
        long columns = Math.min(2 * rank + MORE, rows);
        Random random = new Random(SEED);
        float[] values = new float[Math.toIntExact(rows * columns)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return memory.create(values, new Shape(rows, columns));
    }

    private NDArray copy(String name) throws UnreadableModel {
        FloatTensor tensor = known.get(name);
        if (tensor == null) {
            throw new UnreadableModel("The start of the adapters has no " + name + "; it is of another recipe");
        }
        return memory.create(tensor.toArray(), new Shape(tensor.shape()));
    }

    /// Puts back what was taken out and takes out another part, where that has other bits.
    ///
    /// @param weight by its name
    void replace(List<FloatTensor> other, Function<String, NDArray> weight) {
        Map<String, FloatTensor> byName = FloatTensor.byName(other);
        List<FloatTensor> own = tensors();
        for (int i = 0; i < own.size(); i += 2) {
            FloatTensor a = byName.get(own.get(i).name());
            FloatTensor b = byName.get(own.get(i + 1).name());
            if (a == null || b == null) {
                throw new IllegalArgumentException("the other start has no " + own.get(i).name());
            }
            if (own.get(i).values().mismatch(a.values()) >= 0 || own.get(i + 1).values().mismatch(b.values()) >= 0) {
                replace(i, a, b, weight.apply(names.get(i).replace(AdapterLayout.A, ".weight")));
            }
        }
    }

    private void replace(int index, FloatTensor a, FloatTensor b, NDArray weight) {
        try (PtNDManager scope = memory.newSubManager(memory.getDevice())) {
            NDArray newA = scope.create(a.toArray(), new Shape(a.shape()));
            NDArray newB = scope.create(b.toArray(), new Shape(b.shape()));
            graph.call(scope, "depart_again", new NDList(weight, tensors.get(index + 1), tensors.get(index), newB, newA));
            NDList changed = new NDList(tensors.get(index), tensors.get(index + 1));
            NativeTensors.both(graph, scope, "overwrite", changed, new NDList(newA, newB));
        }
    }

    /// A and B of each adapted weight as they were taken out.
    List<FloatTensor> tensors() {
        return new NativeTensors(device, graph, memory, names, tensors).read();
    }
}
