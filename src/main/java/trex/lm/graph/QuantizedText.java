package trex.lm.graph;

import java.util.Map;
import trex.lm.QuantizedMatrix;

/// Linear layers of a quantised base. A matrix is widened where it is multiplied, in the forward
/// pass and again on the way back, and never outlives the product: at no time is more than one of
/// them wide.
final class QuantizedText {
    /// Weights that are widened at a time, about.
    private static final int SLAB = 1 << 18;

    private QuantizedText() {}

    static String of(GraphOptions options) {
        return switch (options.base()) {
            case NONE -> "";
            case INT8 -> int8();
            case NF4 -> nf4();
        };
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
}
