package trex.lm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import trex.lm.graph.Graph;
import trex.model.Optimizer;

/// Moves a model's trainable tensors down their collected gradients by one of the [Optimizer]s,
/// with its moments in fp32. Lives as long as the model.
public final class Descent {
    private static final List<String> PLACES = List.of("A[]", "B[]");

    private final ComputeDevice device;
    private final Graph graph;
    private final PtNDManager memory;
    private final NDList tensors;
    private final List<Group> groups;
    private final NativeTensors moments;
    private int step;

    /// Tensors that one call of the graph moves.
    ///
    /// @param method of the graph
    /// @param arrays the tensors, then their moments, kind by kind
    /// @param speed their learning rate over the others'
    /// @param decays whether weight decay touches them
    private record Group(String method, NDList arrays, double speed, boolean decays) {}

    /// @param rateRatio learning rate of the adapters' B over that of everything else (LoRA+, Hayou
    ///     et al. 2024, arXiv 2402.12354)
    Descent(ComputeDevice device, Graph graph, PtNDManager memory, Optimizer rule, double rateRatio,
            List<String> names, NDList trainable) {
        this.device = device;
        this.graph = graph;
        this.memory = memory;
        this.moments = new NativeTensors(device, graph, memory, new ArrayList<>(), new NDList());
        this.tensors = trainable;
        IntPredicate isMatrix = i -> tensors.get(i).getShape().dimension() > 1;
        IntPredicate isFast = i -> rateRatio != 1 && names.get(i).endsWith(AdapterLayout.B);
        // Vectors are scales and biases, which decay would only pull away from their meaning.
        this.groups = Stream.of(
                        group(rule, names, isMatrix.and(isFast.negate()), 1, true),
                        group(rule, names, isFast, rateRatio, true),
                        group(rule, names, isMatrix.negate(), 1, false))
                .filter(group -> !group.arrays.isEmpty())
                .toList();
    }

    private Group group(Optimizer rule, List<String> names, IntPredicate members, double speed, boolean matrices) {
        int[] chosen = IntStream.range(0, tensors.size()).filter(members).toArray();
        NDList arrays = new NDList();
        for (int i : chosen) {
            arrays.add(tensors.get(i));
        }
        int kinds = chosen.length == 0 ? 0 : Moment.of(rule, shape(chosen[0])).size();
        for (int kind = 0; kind < kinds; kind++) {
            for (int i : chosen) {
                arrays.add(zeros(Moment.of(rule, shape(i)).get(kind), names.get(i), PLACES.get(kind)));
            }
        }
        return new Group(method(rule, matrices), arrays, speed, matrices);
    }

    private long[] shape(int tensor) {
        return tensors.get(tensor).getShape().getShape();
    }

    private NDArray zeros(Moment moment, String tensor, String place) {
        NDArray zeros = memory.zeros(new Shape(moment.shape()), DataType.FLOAT32);
        zeros.setName(place);
        moments.names().add(moment.name() + "." + tensor);
        moments.arrays().add(zeros);
        return zeros;
    }

    private static String method(Optimizer rule, boolean matrices) {
        return switch (rule) {
            case ADAMW -> "adamw";
            case SGD -> "sgd";
            case ADAFACTOR -> matrices ? "adafactor" : "adafactor_unfactored";
        };
    }

    /// Moves the weights by the collected gradients and clears them. Leaves the weights alone
    /// where the gradient's norm is not finite.
    ///
    /// @param clipNorm gradients of a larger norm are scaled down to it
    /// @return the norm before clipping
    public double apply(double learningRate, double weightDecay, double clipNorm) {
        try (PtNDManager scope = memory.newSubManager(memory.getDevice())) {
            NDList all = new NDList(tensors);
            all.add(device.numbers(scope).create(clipNorm));
            double norm = graph.call(scope, "clip", all).singletonOrThrow().getFloat();
            if (Double.isFinite(norm)) {
                step++;
                groups.forEach(group -> move(scope, group, learningRate, weightDecay));
            }
            graph.call(scope, "forget", new NDList(tensors));
            return norm;
        }
    }

    private void move(PtNDManager scope, Group group, double learningRate, double weightDecay) {
        NDList arguments = new NDList(group.arrays);
        PtNDManager numbers = device.numbers(scope);
        arguments.add(scope.create((float) step)); // a tensor to the library too, beside the weights
        arguments.add(numbers.create(learningRate * group.speed));
        arguments.add(numbers.create(group.decays ? weightDecay : 0.0));
        graph.call(scope, group.method, arguments);
    }

    /// All that is kept between steps, `<moment>.<tensor>`; to be written to by [#change].
    public List<FloatTensor> moments() {
        return moments.read();
    }

    /// Writes to what [#moments()] names.
    public <E extends Exception> void change(TensorChange<E> change) throws E {
        moments.change(change);
    }

    /// Goes on as after this many steps; the moments must be those of that step.
    public void resumeAt(int steps) {
        step = steps;
    }
}
