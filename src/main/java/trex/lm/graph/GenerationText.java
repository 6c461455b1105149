package trex.lm.graph;

import java.util.Map;

/// Generation with a key-value cache. A cache tensor holds the keys or the values of one layer,
/// `[sequences * key-value heads, slots, head size]`, in fp32 whatever the model's type, for which
/// small products are several times as fast; slots behind the newest token are unused.
/// `prefill` runs packed prompts and spreads what they share over their sequences; `decode` runs
/// one token a sequence.
final class GenerationText {
    private GenerationText() {}

    static String of(GraphOptions options) {
        return keep(options) + prefill(options) + recall(options) + decode(options) + choices();
    }

    /// @param options `g` names for each sequence and slot the packed token that belongs there
    private static String keep(GraphOptions options) {
        return Fill.in(
                """
                  def keep(self: __torch__.Step, x: Tensor, g: Tensor, c: Tensor) -> Tensor:
                    n = torch.index_select(x, 0, g.view([-1])).view([g.size(0), g.size(1), $shared, $size])
                    n = n.permute([0, 2, 1, 3]).reshape([g.size(0) * $shared, g.size(1), $size])
                    return torch.slice(c, 1, 0, g.size(1)).copy_(n)
                """,
                Map.of("shared", options.config().keyValueHeads(), "size", options.config().headSize()));
    }

    private static String prefill(GraphOptions options) {
        return Fill.in(
                """
                  def prefill(self: __torch__.Step, W: List[Tensor], P: List[Tensor], $batch, rows: Tensor, g: Tensor, C: List[Tensor], B: List[Tensor]) -> Tensor:
                    torch.set_grad_enabled(False)
                    r = self.angles(at, F)
                    m = self.masks(M)
                    x = self.embed(W, ids, at)
                    for i in range($layers):
                      h = self.behind(x, i, B, W, P, r, inv, Q, K, m)
                      x = h[0]
                      self.keep(h[1], g, C[2 * i])
                      self.keep(h[2], g, C[2 * i + 1])
                    return $logits
                """,
                Map.of(
                        "batch", PackedText.BATCH,
                        "layers", options.config().layers(),
                        "logits", options.logits("self.top(x, W, rows)")));
    }

    /// Attention of one new token a sequence to all slots up to its own, the last that `N` covers.
    private static String recall(GraphOptions options) {
        return Fill.in(
                """
                  def recall(self: __torch__.Step, q: Tensor, k: Tensor, v: Tensor, ck: Tensor, cv: Tensor, N: Tensor) -> Tensor:
                    b = q.size(0)
                    s = N.size(-1)
                    torch.slice(ck, 1, s - 1, s).copy_(k.reshape([b * $shared, 1, $size]))
                    torch.slice(cv, 1, s - 1, s).copy_(v.reshape([b * $shared, 1, $size]))
                    z = $scores
                    z = torch.softmax(z.view([b, $shared, $group, s]).add_(N), -1)
                    return torch.bmm(z.view([b * $shared, $group, s]), torch.slice(cv, 1, 0, s)).view([b, $width]).to($type)
                """,
                Map.of(
                        "scores", GraphOptions.capped(
                                "torch.bmm(q.reshape([b * %d, %d, %d]).to(6), torch.transpose(torch.slice(ck, 1, 0, s), 1, 2))".formatted(
                                        options.config().keyValueHeads(), options.group(), options.config().headSize()),
                                options.config().architecture().attentionCap()),
                        "type", options.activationType(),
                        "shared", options.config().keyValueHeads(),
                        "group", options.group(),
                        "size", options.config().headSize(),
                        "width", options.config().heads() * options.config().headSize()));
    }

    /// @param options `N` is added to the scores: 0 where a sequence has a token, else -infinity,
    ///     `[kinds of layers, sequences, 1, 1, slots]`
    private static String decode(GraphOptions options) {
        return Fill.in(
                """
                  def decode(self: __torch__.Step, W: List[Tensor], P: List[Tensor], ids: Tensor, at: Tensor, F: Tensor, N: Tensor, C: List[Tensor]) -> Tensor:
                    torch.set_grad_enabled(False)
                    r = self.angles(at, F)
                    x = self.embed(W, ids, at)
                    for i in range($layers):
                      o = 1 + $weights * i
                      p = $adapters
                      k = self.kind(i)
                      h = self.project(x, W, o, P, p, r[2 * k], r[2 * k + 1])
                      x = self.finish(x, self.recall(h[0], h[1], h[2], C[2 * i], C[2 * i + 1], torch.select(N, 0, k)), W, o, P, p)
                    return $logits
                """,
                Map.of(
                        "layers", options.config().layers(),
                        "weights", options.layout().layerSize(),
                        "adapters", options.firstAdapter(),
                        "logits", options.logits(options.finalNorm("x"))));
    }

    private static String choices() {
        return """
                  def largest(self: __torch__.Step, z: Tensor) -> Tensor:
                    return torch.argmax(z, -1)
                  def empty_cache(self: __torch__.Step, size: Tensor) -> Tensor:
                    return torch.zeros([int(size[0]), int(size[1]), int(size[2])], dtype=6, device=size.device)
                  def chosen_rows(self: __torch__.Step, z: Tensor, rows: Tensor) -> Tensor:
                    return torch.index_select(z, 0, rows)
                  def survivors(self: __torch__.Step, C: List[Tensor], rows: Tensor) -> List[Tensor]:
                    kept = annotate(List[Tensor], [])
                    for i in range(len(C)):
                      kept.append(torch.index_select(C[i], 0, rows))
                    return kept
                """;
    }
}
