package trex.lm.graph;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.Optional;
import trex.lm.Products;

/// Matrices in the layout that oneDNN multiplies by without rearranging them first. Measured on a
/// processor with AVX-512 (one core, 36 GB/s of memory): a row times a matrix reads 25 to 36 GB/s
/// where the library's own product reads 14 to 19 in fp32 and 11 to 16 in bf16, and 512 rows run at
/// 2.2 times its speed in fp32. There is no gradient through such a product.
public final class PackedMatrices {
    private static final String SOURCE = """
            class Step(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def pack(self: __torch__.Step, w: Tensor, rounded: Tensor) -> Tensor:
                torch.set_grad_enabled(False)
                if int(rounded) > 0:
                  w = w.to(15)
                return ops.mkldnn._reorder_linear_weight(w, 1)
              def difference(self: __torch__.Step, x: Tensor, w: Tensor, p: Tensor) -> Tensor:
                torch.set_grad_enabled(False)
                y = %s
                return torch.max(torch.abs(y.to(6) - torch.linear(x, w)))
            """.formatted(Products.ONEDNN.of("x.to(p.dtype)", "p", "None"));

    private static final double CLOSE = 0.1;

    private final Graph graph;
    private final boolean bf16;

    private PackedMatrices(Graph graph, boolean bf16) {
        this.graph = graph;
        this.bf16 = bf16;
    }

    /// Empty where this machine's library does not have the layout, found out by using it.
    ///
    /// @param memory owner of the module
    /// @param bf16 whether the packed matrices are bf16
    public static Optional<PackedMatrices> available(PtNDManager memory, boolean bf16) {
        try (PtNDManager scope = memory.newSubManager(memory.getDevice())) {
            PackedMatrices packed = new PackedMatrices(Graph.load(memory, SOURCE), bf16);
            return packed.areRight(scope) ? Optional.of(packed) : Optional.empty();
        } catch (EngineException e) {
            return Optional.empty(); // another processor, or a library built without it
        }
    }

    private boolean areRight(PtNDManager scope) {
        NDArray x = scope.arange(0f, 1f, 1f / 64).reshape(2, 32);
        NDArray w = scope.arange(-1f, 1f, 1f / 256).reshape(16, 32);
        NDArray difference = graph.call(scope, "difference", new NDList(x, w, of(scope, w))).singletonOrThrow();
        return difference.getFloat() < CLOSE;
    }

    /// Packs a matrix, which is left as it is: one in fp32, or one that is already rounded.
    ///
    /// @param scope owner of the result, which only packed products can read
    public NDArray of(PtNDManager scope, NDArray matrix) {
        NDArray rounded = scope.create(bf16 ? 1 : 0);
        return graph.call(scope, "pack", new NDList(matrix, rounded)).singletonOrThrow();
    }
}
