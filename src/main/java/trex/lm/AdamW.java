package trex.lm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.ArrayList;
import java.util.List;
import trex.lm.graph.Graph;

/// AdamW over a model's trainable tensors, with its moments in fp32. Lives as long as the model.
public final class AdamW {
    private final Graph graph;
    private final PtNDManager memory;
    private final List<String> names;
    private final NDList tensors;
    private final NDList means = new NDList();
    private final NDList variances = new NDList();
    private final NDList steps = new NDList();

    AdamW(Graph graph, PtNDManager memory, List<String> names, NDList trainable) {
        this.graph = graph;
        this.memory = memory;
        this.names = names;
        this.tensors = new NDList();
        for (NDArray tensor : trainable) {
            tensor.setRequiresGradient(true);
            means.add(named("A[]", memory.zeros(tensor.getShape(), DataType.FLOAT32)));
            variances.add(named("B[]", memory.zeros(tensor.getShape(), DataType.FLOAT32)));
            steps.add(named("S[]", memory.zeros(new Shape(), DataType.FLOAT32)));
            tensors.add(tensor);
        }
        graph.call(memory, "attach", new NDList(tensors)).close();
    }

    private static NDArray named(String name, NDArray array) {
        array.setName(name);
        return array;
    }

    /// Moves the weights by the collected gradients and clears them. Leaves the weights alone
    /// where the gradient's norm is not finite.
    ///
    /// @param clipNorm gradients of a larger norm are scaled down to it
    /// @return the norm before clipping
    public double apply(double learningRate, double weightDecay, double clipNorm) {
        try (PtNDManager step = memory.newSubManager(memory.getDevice())) {
            NDList arguments = new NDList(tensors);
            arguments.addAll(means);
            arguments.addAll(variances);
            arguments.addAll(steps);
            arguments.add(step.create(learningRate));
            arguments.add(step.create(weightDecay));
            arguments.add(step.create(clipNorm));
            return graph.call(step, "apply", arguments).singletonOrThrow().getFloat();
        }
    }

    /// The moments, `mean.<name>` and `variance.<name>` of every trainable tensor; what is written
    /// to them is in the optimizer.
    public List<FloatTensor> moments() {
        List<FloatTensor> moments = new ArrayList<>();
        moments.addAll(NativeMemory.views(names.stream().map(n -> "mean." + n).toList(), means));
        moments.addAll(NativeMemory.views(names.stream().map(n -> "variance." + n).toList(), variances));
        return moments;
    }

    /// Goes on as after this many steps; the moments must be those of that step.
    public void resumeAt(int step) {
        steps.forEach(s -> s.set(new float[] {step}));
    }
}
