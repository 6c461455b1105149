package trex.lm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import trex.lm.graph.Graph;

/// Measures how fast memory is read: the yardstick of writing one token after another, for which
/// every weight is read once.
public final class ReadRate implements AutoCloseable {
    /// Far beyond any cache of today's processors.
    private static final int BYTES = 512 << 20;

    private static final String SOURCE = """
            class Step(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def total(self: __torch__.Step, x: Tensor) -> Tensor:
                torch.set_grad_enabled(False)
                return torch.sum(x)
            """;

    private final PtNDManager memory = ComputeDevice.PROCESSOR.memory();
    private final Graph graph = Graph.load(memory, SOURCE);
    private final NDArray buffer = memory.ones(new Shape(BYTES / Float.BYTES));

    /// The best rate of adding up the buffer in about this time, in GB/s (10^9 bytes).
    public double measure(double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        double best = Double.POSITIVE_INFINITY;
        do {
            long start = System.nanoTime();
            graph.call(memory, "total", new NDList(buffer)).close();
            best = Math.min(best, (System.nanoTime() - start) / 1e9);
        } while (System.nanoTime() < end);
        return BYTES / best / 1e9;
    }

    @Override
    public void close() {
        graph.close();
        memory.close();
    }
}
