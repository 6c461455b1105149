package trex.lm.graph;

import java.util.Map;

/// What all texts of a data set begin with, run once: `B` holds the keys and the values of each layer,
/// `[tokens, key-value heads, head size]`, which lie before those of a batch. One tensor alone in it
/// stands for none.
final class PrefixText {
    private PrefixText() {}

    static String of(GraphOptions options) {
        return Fill.in(
                """
                  def joined(self: __torch__.Step, B: List[Tensor], i: int, x: Tensor) -> Tensor:
                    if len(B) == 1:
                      return x
                    return torch.cat([B[i], x], 0)
                  def prefix(self: __torch__.Step, W: List[Tensor], P: List[Tensor], $batch, rows: Tensor) -> List[Tensor]:
                    torch.set_grad_enabled(False)
                $gained    r = self.angles(at, F)
                    m = self.masks(M)
                    x = self.embed(W, ids, at)
                    B = annotate(List[Tensor], [])
                    for i in range($layers):
                      o = 1 + $weights * i
                      p = $adapters
                      k = self.kind(i)
                      h = self.project(x, W, o, P, p, r[2 * k], r[2 * k + 1])
                      B.append(torch.slice(h[1], 0, 0, rows.size(0)).clone())
                      B.append(torch.slice(h[2], 0, 0, rows.size(0)).clone())
                      x = self.finish(x, self.attend(h[0], h[1], h[2], inv, Q, K, m, k * len(Q)), W, o, P, p)
                    return B
                  def score_behind(self: __torch__.Step, W: List[Tensor], P: List[Tensor], $batch, rows: Tensor, labels: Tensor, B: List[Tensor]) -> Tensor:
                    torch.set_grad_enabled(False)
                $gained    r = self.angles(at, F)
                    m = self.masks(M)
                    x = self.embed(W, ids, at)
                    for i in range($layers):
                      o = 1 + $weights * i
                      p = $adapters
                      k = self.kind(i)
                      h = self.project(x, W, o, P, p, r[2 * k], r[2 * k + 1])
                      t = self.attend(h[0], self.joined(B, 2 * i, h[1]), self.joined(B, 2 * i + 1, h[2]), inv, Q, K, m, k * len(Q))
                      x = self.finish(x, t, W, o, P, p)
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
