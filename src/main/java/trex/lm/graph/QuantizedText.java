package trex.lm.graph;

import java.util.Map;
import trex.lm.QuantizedMatrix;

/// Linear layers of a quantised base. A matrix is widened where it is multiplied, in the forward
/// pass and again on the way back, and never outlives the product: at no time is more than one of
/// them wide.
///
/// Autograd would keep every wide matrix for its backward pass. So it is cut at the inputs of the
/// linear layers: `cut` lets a tensor go on as a new leaf, `base` multiplies unseen by autograd and
/// adds a leaf of zeros, which takes up the product's gradient without memory of its own. Both note
/// what they did behind the adapters in `P`, three tensors each, and `back` goes through the notes
/// from the last to the first: for a product, the gradient of its input is its own times the matrix;
/// for a cut, autograd goes on with what has been collected at the leaf. What is noted keeps only
/// numbers that autograd would keep as well: tensors of which no more than the place in its graph is
/// needed are made `hollow`, of the same shape over a single zero.
///
/// Without gradients, or where nothing below is trained, nothing is noted.
final class QuantizedText {
    /// Weights that are widened at a time, about.
    private static final int SLAB = 1 << 18;

    private QuantizedText() {}

    static String of(GraphOptions options) {
        return switch (options.base()) {
            case NONE -> plainBack();
            case INT8 -> int8() + linear() + back(options);
            case NF4 -> nf4() + linear() + back(options);
        };
    }

    private static String plainBack() {
        return """
                  def back(self: __torch__.Step, y: Tensor, d: Tensor, W: List[Tensor], P: List[Tensor]) -> None:
                    torch.autograd.backward([y], annotate(List[Optional[Tensor]], [d]))
                    return None
                """;
    }

    /// A matrix of [QuantizedMatrix]'s layout, widened in the type `t`: exact but for one rounding, in
    /// bf16 two. In slabs, so that what it takes besides the result stays small and in the cache.
    private static String dense(String unit, String slab, String scales, String codes) {
        return Fill.in(
                """
                  def dense(self: __torch__.Step, q: Tensor, rows: int, columns: int, W: List[Tensor], t: int) -> Tensor:
                    n = q.size(0)
                    w = torch.empty([n, $unit], dtype=t, device=q.device)
                    i = 0
                    for c in range((n + $slab - 1) // $slab):
                      e = min(i + $slab, n)
                      u = torch.slice(q, 0, i, e)
                      s = torch.view_copy(torch.slice(u, 1, $scales).contiguous(), dtype=6)
                      torch.mul($codes, s, out=torch.slice(w, 0, i, e))
                      i = e
                    return torch.slice(w.view([-1]), 0, 0, rows * columns).view([rows, columns])
                """,
                Map.of("unit", unit, "slab", slab, "scales", scales, "codes", codes));
    }

    private static String int8() {
        return dense("columns", "max(1, " + SLAB + " // columns)", "columns, columns + 4",
                "torch.slice(u, 1, 0, columns)");
    }

    /// The last weight holds what each byte of two codes stands for. A pair of values is looked up
    /// as one complex number, because the library copies elements faster than rows.
    private static String nf4() {
        return dense("64", Integer.toString(SLAB / 64), "32, 36",
                "torch.view_as_real(torch.take(torch.view_as_complex(W[-1]), torch.slice(u, 1, 0, 32).to(4))).view([-1, 64])");
    }

    /// `x` of `cut` must not be used elsewhere: all that is left of it is its place in autograd's
    /// graph.
    private static String linear() {
        return """
                  def hollow(self: __torch__.Step, x: Tensor) -> None:
                    if x.requires_grad:
                      x.set_data(torch.zeros([1, 1], dtype=x.dtype, device=x.device).expand(x.size()))
                    return None
                  def cut(self: __torch__.Step, x: Tensor, P: List[Tensor]) -> Tensor:
                    if x.requires_grad:
                      leaf = torch.detach(x).requires_grad_(True)
                      self.hollow(x)
                      P.append(x)
                      P.append(leaf)
                      P.append(leaf)
                      x = leaf
                    return x
                  def base(self: __torch__.Step, x: Tensor, q: Tensor, b: Optional[Tensor], rows: int, W: List[Tensor], P: List[Tensor]) -> Tensor:
                    y = torch.linear(torch.detach(x), self.dense(q, rows, x.size(-1), W, x.dtype), b)
                    if x.requires_grad:
                      z = torch.zeros([1, 1], dtype=y.dtype, device=y.device).expand(y.size()).requires_grad_(True)
                      P.append(z)
                      P.append(x)
                      P.append(q)
                      y = y.add_(z)
                    return y
                """;
    }

    private static String back(GraphOptions options) {
        return Fill.in(
                """
                  def back(self: __torch__.Step, y: Tensor, d: Tensor, W: List[Tensor], P: List[Tensor]) -> None:
                    torch.autograd.backward([y], annotate(List[Optional[Tensor]], [d]))
                    while len(P) > $adapters:
                      q = P.pop()
                      x = P.pop()
                      y = P.pop()
                      if torch.is_floating_point(q):
                        torch.autograd.backward([y], annotate(List[Optional[Tensor]], [x.grad]))
                      else:
                        d = torch.matmul(y.grad, self.dense(q, y.size(-1), x.size(-1), W, x.dtype))
                        torch.autograd.backward([x], annotate(List[Optional[Tensor]], [d]))
                    return None
                """,
                Map.of("adapters", options.adapterCount()));
    }
}
