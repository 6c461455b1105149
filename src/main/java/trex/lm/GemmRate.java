package trex.lm;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import org.jspecify.annotations.Nullable;
import trex.lm.graph.Graph;
import trex.model.Precision;

/// Measures matrix products: the yardstick of every speed in this program.
public final class GemmRate implements AutoCloseable {
    /// Rows are a batch of tokens, the other two extents the inner width of a small model.
    public static final int ROWS = 512;

    public static final int WIDTH = 1536;

    private static final String SOURCE = """
            class Step(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def multiply(self: __torch__.Step, x: Tensor, w: Tensor, times: Tensor) -> Tensor:
                torch.set_grad_enabled(False)
                y = $product
                for i in range(int(times) - 1):
                  y = $product
                return torch.select(torch.select(y, 0, 0), 0, 0).to(6)
              def round(self: __torch__.Step, x: Tensor) -> Tensor:
                return x.to(15)
            """;

    private final ComputeDevice device;
    private final PtNDManager memory;
    private final Graph graph;
    private final @Nullable Graph direct;

    /// Of the processor.
    public GemmRate() {
        this(ComputeDevice.PROCESSOR);
    }

    public GemmRate(ComputeDevice device) {
        this.device = device;
        this.memory = device.memory();
        this.graph = load(Products.LIBRARY);
        this.direct = device.isProcessor() ? loadDirect() : null;
    }

    private Graph load(Products products) {
        return Graph.load(memory, SOURCE.replace("$product", products.of("x", "w", "None")));
    }

    private @Nullable Graph loadDirect() {
        try {
            return load(Products.ONEDNN);
        } catch (EngineException e) {
            return null; // a library built without it
        }
    }

    /// The best rate of `[ROWS, WIDTH] x [WIDTH, WIDTH]` in about this time by the library's own
    /// products, in GFLOP/s.
    ///
    /// @param precision `FP32` or `BF16`
    public double measure(Precision precision, double seconds) {
        return measure(precision, ROWS, WIDTH, seconds);
    }

    /// The best rate of `[rows, width] x [width, width]` in about this time, in GFLOP/s.
    public double measure(Precision precision, int rows, int width, double seconds) {
        return measure(graph, precision, rows, width, seconds);
    }

    /// The same in fp32 by oneDNN; 0 where this machine's library has no such product.
    public double measureDirect(double seconds) {
        return direct == null ? 0 : measure(direct, Precision.FP32, ROWS, WIDTH, seconds);
    }

    /// The rate of the fastest product that this machine has in a precision.
    public double fastest(Precision precision, double seconds) {
        double own = measure(precision, seconds);
        return precision == Precision.FP32 ? Math.max(own, measureDirect(seconds)) : own;
    }

    private double measure(Graph graph, Precision precision, int rows, int width, double seconds) {
        try (PtNDManager scope = memory.newSubManager(memory.getDevice())) {
            NDArray x = operand(scope, precision, rows, width);
            NDArray w = operand(scope, precision, width, width);
            double operations = 2.0 * rows * width * width;
            double best = operations / seconds(graph, scope, x, w, 1); // the first one also warms up
            long end = System.nanoTime() + (long) (seconds * 1e9);
            while (System.nanoTime() < end) {
                int times = (int) Math.clamp(best * 0.02 / operations, 1, 1000);
                best = Math.max(best, times * operations / seconds(graph, scope, x, w, times));
            }
            return best / 1e9;
        }
    }

    private double seconds(Graph graph, PtNDManager scope, NDArray x, NDArray w, int times) {
        long start = System.nanoTime();
        NDList arguments = new NDList(x, w, device.numbers(scope).create(times));
        // Another device is done when it can tell a number, not when the call returns.
        graph.call(scope, "multiply", arguments).singletonOrThrow().getFloat();
        return (System.nanoTime() - start) / 1e9;
    }

    private NDArray operand(PtNDManager scope, Precision precision, int rows, int columns) {
        NDArray wide = scope.randomNormal(0, 1, new Shape(rows, columns), ai.djl.ndarray.types.DataType.FLOAT32);
        return precision == Precision.BF16
                ? graph.call(scope, "round", new NDList(wide)).singletonOrThrow()
                : wide;
    }

    @Override
    public void close() {
        graph.close();
        if (direct != null) {
            direct.close();
        }
        memory.close();
    }
}
