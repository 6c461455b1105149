package trex.lm.graph;

import java.util.Map;
import trex.lm.ModelConfig;

/// The decoder over packed tokens. Attention runs in blocks of segments: a block's queries are a
/// grid `[segments, length]` of token indices, its keys a grid `[segments, context + length]`, so
/// that no multiplication is spent on pairs of tokens that do not see each other, except on the
/// little padding inside a block.
final class PackedText {
    /// Parameters that describe a batch, in the order of the arguments.
    static final String BATCH = "ids: Tensor, at: Tensor, F: Tensor, inv: Tensor, Q: List[Tensor], K: List[Tensor], M: List[Tensor]";

    static final String BATCH_ARGUMENTS = "ids, at, F, inv, Q, K, M";

    private PackedText() {}

    static String of(GraphOptions options) {
        return attend(options.config()) + layer() + hidden(options);
    }

    /// Queries of one key-value head are stacked, so keys and values are never expanded.
    private static String attend(ModelConfig config) {
        return Fill.in(
                """
                  def attend(self: __torch__.Step, q: Tensor, k: Tensor, v: Tensor, inv: Tensor, Q: List[Tensor], K: List[Tensor], M: List[Tensor]) -> Tensor:
                    outs = annotate(List[Tensor], [])
                    for b in range(len(Q)):
                      g = Q[b].size(0)
                      l = Q[b].size(1)
                      c = K[b].size(1)
                      at = K[b].view([-1])
                      qb = torch.index_select(q, 0, Q[b].view([-1])).view([g, l, $shared, $group, $size]).permute([0, 2, 3, 1, 4]).reshape([g * $shared, $group * l, $size])
                      kb = torch.index_select(k, 0, at).view([g, c, $shared, $size]).permute([0, 2, 3, 1]).reshape([g * $shared, $size, c])
                      vb = torch.index_select(v, 0, at).view([g, c, $shared, $size]).permute([0, 2, 1, 3]).reshape([g * $shared, c, $size])
                      z = torch.bmm(qb, kb).view([g, $shared, $group, l, c])
                      z = torch.softmax(z.add_(M[b]), -1)
                      t = torch.bmm(z.view([g * $shared, $group * l, c]), vb)
                      outs.append(t.view([g, $shared, $group, l, $size]).permute([0, 3, 1, 2, 4]).reshape([g * l, $width]))
                    return torch.index_select(torch.cat(outs, 0), 0, inv)
                """,
                Map.of(
                        "shared", config.keyValueHeads(),
                        "group", config.heads() / config.keyValueHeads(),
                        "size", config.headSize(),
                        "width", config.heads() * config.headSize()));
    }

    private static String layer() {
        return """
                  def layer(self: __torch__.Step, x: Tensor, W: List[Tensor], o: int, P: List[Tensor], p: int, cos: Tensor, sin: Tensor, inv: Tensor, Q: List[Tensor], K: List[Tensor], M: List[Tensor]) -> Tensor:
                    r = self.project(x, W, o, P, p, cos, sin)
                    t = self.attend(r[0], r[1], r[2], inv, Q, K, M)
                    return self.finish(x, t, W, o, P, p)
                """;
    }

    /// The residual stream after the last layer, `[tokens, width]`, before the final norm.
    private static String hidden(GraphOptions options) {
        return Fill.in(
                """
                  def embed(self: __torch__.Step, W: List[Tensor], ids: Tensor) -> Tensor:
                    return torch.embedding(torch.detach(W[0]), ids).to($type)
                  def masks(self: __torch__.Step, M: List[Tensor]) -> List[Tensor]:
                    m = annotate(List[Tensor], [])
                    for b in range(len(M)):
                      m.append(M[b].to($type))
                    return m
                  def layers(self: __torch__.Step, x: Tensor, W: List[Tensor], P: List[Tensor], at: Tensor, F: Tensor, inv: Tensor, Q: List[Tensor], K: List[Tensor], M: List[Tensor]) -> Tensor:
                    r = self.angles(at, F)
                    m = self.masks(M)
                    for i in range($layers):
                      x = self.layer(x, W, 1 + $weights * i, P, $adapters * i, r[0], r[1], inv, Q, K, m)
                    return x
                """,
                Map.of(
                        "type", options.activationType(),
                        "layers", options.config().layers(),
                        "weights", options.layout().layerSize(),
                        "adapters", options.adaptersPerLayer()));
    }
}
