package trex.lm.graph;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import trex.lm.ModelConfig;

/// The decoder over packed tokens. Attention runs in blocks of segments: a block's queries are a
/// grid `[segments, length]` of token indices, its keys a grid `[segments, context + length]`, so
/// that no multiplication is spent on pairs of tokens that do not see each other, except on the
/// little padding inside a block.
final class PackedText {
    /// Parameters that describe a batch, in the order of the arguments.
    static final String BATCH = "ids: Tensor, at: Tensor, F: Tensor, inv: Tensor, Q: List[Tensor], K: List[Tensor], M: List[Tensor]";

    private PackedText() {}

    static String of(GraphOptions options) {
        ModelConfig config = options.config();
        String attend = options.fused() && config.architecture().attentionCap() == 0 ? fused(config) : attend(config);
        return kind(config) + attend + layer() + hidden(options);
    }

    /// Queries of one key-value head are stacked, so keys and values are never expanded. Without
    /// `inv` there is one block, of all tokens in their order, and nothing to pick.
    private static String attend(ModelConfig config) {
        return Fill.in(
                """
                  def picked(self: __torch__.Step, x: Tensor, at: Tensor, inv: Tensor) -> Tensor:
                    if inv.numel() == 0:
                      return x
                    return torch.index_select(x, 0, at.view([-1]))
                  def attend(self: __torch__.Step, q: Tensor, k: Tensor, v: Tensor, inv: Tensor, Q: List[Tensor], K: List[Tensor], M: List[Tensor], w: int) -> Tensor:
                    outs = annotate(List[Tensor], [])
                    for b in range(len(Q)):
                      g = Q[b].size(0)
                      l = Q[b].size(1)
                      c = K[b].size(1)
                      qb = self.picked(q, Q[b], inv).view([g, l, $shared, $group, $size]).permute([0, 2, 3, 1, 4]).reshape([g * $shared, $group * l, $size])
                      kb = self.picked(k, K[b], inv).view([g, c, $shared, $size]).permute([0, 2, 3, 1]).reshape([g * $shared, $size, c])
                      vb = self.picked(v, K[b], inv).view([g, c, $shared, $size]).permute([0, 2, 1, 3]).reshape([g * $shared, c, $size])
                      z = $scores
                      z = torch.softmax(z.add_(M[w + b]), -1)
                      t = torch.bmm(z.view([g * $shared, $group * l, c]), vb)
                      outs.append(t.view([g, $shared, $group, l, $size]).permute([0, 3, 1, 2, 4]).reshape([g * l, $width]))
                    if inv.numel() == 0:
                      return outs[0]
                    return torch.index_select(torch.cat(outs, 0), 0, inv)
                """,
                Map.of(
                        "scores", GraphOptions.capped("torch.bmm(qb, kb)", config.architecture().attentionCap())
                                + ".view([g, %d, %d, l, c])".formatted(
                                        config.keyValueHeads(), config.heads() / config.keyValueHeads()),
                        "shared", config.keyValueHeads(),
                        "group", config.heads() / config.keyValueHeads(),
                        "size", config.headSize(),
                        "width", config.heads() * config.headSize()));
    }

    /// The same by one kernel, which takes a head of keys and values for each head of queries and knows no
    /// cap. Queries are scaled already.
    private static String fused(ModelConfig config) {
        return Fill.in(
                """
                  def heads(self: __torch__.Step, x: Tensor, at: Tensor, g: int, c: int) -> Tensor:
                    y = torch.index_select(x, 0, at).view([g, c, $shared, 1, $size]).expand([g, c, $shared, $group, $size])
                    return y.permute([0, 2, 3, 1, 4]).reshape([g, $heads, c, $size])
                  def attend(self: __torch__.Step, q: Tensor, k: Tensor, v: Tensor, inv: Tensor, Q: List[Tensor], K: List[Tensor], M: List[Tensor], w: int) -> Tensor:
                    outs = annotate(List[Tensor], [])
                    for b in range(len(Q)):
                      g = Q[b].size(0)
                      l = Q[b].size(1)
                      c = K[b].size(1)
                      at = K[b].view([-1])
                      qb = torch.index_select(q, 0, Q[b].view([-1])).view([g, l, $heads, $size]).permute([0, 2, 1, 3])
                      m = torch.squeeze(M[w + b], 1).expand([g, $heads, l, c])
                      t = torch.scaled_dot_product_attention(qb, self.heads(k, at, g, c), self.heads(v, at, g, c), m, 0., False, scale=1.)
                      outs.append(t.permute([0, 2, 1, 3]).reshape([g * l, $width]))
                    return torch.index_select(torch.cat(outs, 0), 0, inv)
                """,
                Map.of(
                        "shared", config.keyValueHeads(),
                        "group", config.heads() / config.keyValueHeads(),
                        "heads", config.heads(),
                        "size", config.headSize(),
                        "width", config.heads() * config.headSize()));
    }

    /// The kind of each layer: rotations and masks come one after another by kind.
    private static String kind(ModelConfig config) {
        List<Integer> kinds = config.architecture().kindOfLayer();
        return Fill.in(
                """
                  def kind(self: __torch__.Step, i: int) -> int:
                    k = annotate(List[int], [$kinds])
                    return k[i]
                """,
                Map.of("kinds", IntStream.range(0, config.layers())
                        .mapToObj(layer -> kinds.isEmpty() ? "0" : kinds.get(layer).toString())
                        .collect(Collectors.joining(", "))));
    }

    private static String layer() {
        return """
                  def layer(self: __torch__.Step, x: Tensor, W: List[Tensor], o: int, P: List[Tensor], p: int, k: int, R: List[Tensor], inv: Tensor, Q: List[Tensor], K: List[Tensor], M: List[Tensor]) -> Tensor:
                    r = self.project(x, W, o, P, p, R[2 * k], R[2 * k + 1])
                    t = self.attend(r[0], r[1], r[2], inv, Q, K, M, k * len(Q))
                    return self.finish(x, t, W, o, P, p)
                """;
    }

    /// The residual stream after the last layer, `[tokens, width]`, before the final norm.
    private static String hidden(GraphOptions options) {
        return Fill.in(
                """
                  def embed(self: __torch__.Step, W: List[Tensor], ids: Tensor, at: Tensor) -> Tensor:
                    return $embedding
                  def masks(self: __torch__.Step, M: List[Tensor]) -> List[Tensor]:
                    m = annotate(List[Tensor], [])
                    for b in range(len(M)):
                      m.append(M[b].to($type))
                    return m
                  def layers(self: __torch__.Step, x: Tensor, W: List[Tensor], P: List[Tensor], at: Tensor, F: Tensor, inv: Tensor, Q: List[Tensor], K: List[Tensor], M: List[Tensor]) -> Tensor:
                    return self.between(x, 0, $layers, W, P, at, F, inv, Q, K, M)
                  def between(self: __torch__.Step, x: Tensor, first: int, end: int, W: List[Tensor], P: List[Tensor], at: Tensor, F: Tensor, inv: Tensor, Q: List[Tensor], K: List[Tensor], M: List[Tensor]) -> Tensor:
                    r = self.angles(at, F)
                    m = self.masks(M)
                    for i in range(first, end):
                      x = self.layer(x, W, 1 + $weights * i, P, $adapters, self.kind(i), r, inv, Q, K, m)
                    return x
                """,
                Map.of(
                        "embedding", embedding(options),
                        "type", options.activationType(),
                        "layers", options.config().layers(),
                        "weights", options.layout().layerSize(),
                        "adapters", options.firstAdapter()));
    }

    private static String embedding(GraphOptions options) {
        String words = "torch.embedding(torch.detach(W[0]), ids)";
        String type = ".to(" + options.activationType() + ")";
        if (options.config().family().isGpt2()) {
            String positions = "torch.embedding(torch.detach(W[" + options.layout().positionsIndex() + "]), at)";
            return "(" + words + " + " + positions + ")" + type;
        }
        return options.embeddingScale() == 1 ? words + type : "(" + words + type + " * " + options.embeddingScale() + ")";
    }
}
