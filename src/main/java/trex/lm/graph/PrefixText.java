package trex.lm.graph;

import java.util.Map;

/// What all texts of a data set begin with, run once: `B` holds the keys and the values of each layer,
/// `[tokens, key-value heads, head size]`, which lie before those of a batch. One tensor alone in it
/// stands for none. `behind` runs a layer, and gives the joined keys and values with what it comes to.
final class PrefixText {
    private PrefixText() {}

    static String of(GraphOptions options) {
        return Fill.in(
                """
                  def joined(self: __torch__.Step, B: List[Tensor], i: int, x: Tensor) -> Tensor:
                    if len(B) == 1:
                      return x
                    return torch.cat([B[i], x], 0)
                  def behind(self: __torch__.Step, x: Tensor, i: int, B: List[Tensor], W: List[Tensor], P: List[Tensor], R: List[Tensor], inv: Tensor, Q: List[Tensor], K: List[Tensor], M: List[Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
                    o = 1 + $weights * i
                    p = $adapters
                    k = self.kind(i)
                    h = self.project(x, W, o, P, p, R[2 * k], R[2 * k + 1])
                    y = self.joined(B, 2 * i, h[1])
                    v = self.joined(B, 2 * i + 1, h[2])
                    return (self.finish(x, self.attend(h[0], y, v, inv, Q, K, M, k * len(Q)), W, o, P, p), y, v)
                  def prefix(self: __torch__.Step, W: List[Tensor], P: List[Tensor], $batch, rows: Tensor) -> List[Tensor]:
                    torch.set_grad_enabled(False)
                $gained    r = self.angles(at, F)
                    m = self.masks(M)
                    x = self.embed(W, ids, at)
                    none = annotate(List[Tensor], [x])
                    B = annotate(List[Tensor], [])
                    for i in range($layers):
                      h = self.behind(x, i, none, W, P, r, inv, Q, K, m)
                      x = h[0]
                      B.append(torch.slice(h[1], 0, 0, rows.size(0)).clone())
                      B.append(torch.slice(h[2], 0, 0, rows.size(0)).clone())
                    return B
                  def score_behind(self: __torch__.Step, W: List[Tensor], P: List[Tensor], $batch, rows: Tensor, labels: Tensor, B: List[Tensor]) -> Tensor:
                    torch.set_grad_enabled(False)
                $gained    r = self.angles(at, F)
                    m = self.masks(M)
                    x = self.embed(W, ids, at)
                    for i in range($layers):
                      h = self.behind(x, i, B, W, P, r, inv, Q, K, m)
                      x = h[0]
                    return self.label_scores(self.top(x, W, rows), W, labels)
                """,
                Map.of(
                        "batch", PackedText.BATCH,
                        "gained", MagnitudeText.line(options),
                        "layers", options.config().layers(),
                        "weights", options.layout().layerSize(),
                        "adapters", options.firstAdapter()));
    }
}
