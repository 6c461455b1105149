package trex.lm.graph;

import java.util.Map;

/// Vocabulary projection and loss at the label rows only, a few rows at a time: logits of the whole
/// batch never exist, and the gradient of the hidden states is formed in the forward pass.
final class LossText {
    /// Rows of logits that exist at a time: 256 rows of a 49,152-word vocabulary are 50 MB in fp32.
    private static final int CHUNK = 256;

    /// Rows that become a gradient at a time, so that they stay in the processor's cache.
    private static final int SLICE = 16;

    /// The library multiplies fewer rows than this by summing the vocabulary one after another, in
    /// fp32: measured, gradients were off by 2e-4. Padded rows are summed in blocks: 5e-7.
    private static final int FEW = 8;

    private LossText() {}

    static String of(GraphOptions options) {
        return output(options) + crossEntropy(options) + score(options) + logits(options);
    }

    private static String output(GraphOptions options) {
        return Fill.in(
                """
                  def top(self: __torch__.Step, x: Tensor, W: List[Tensor], rows: Tensor) -> Tensor:
                    return $norm
                """,
                Map.of("norm", options.finalNorm("torch.index_select(x, 0, rows)")));
    }

    /// Weighted sum of negative log-likelihoods and its gradient with respect to `h`; adds the
    /// gradient of the projection to `D` where that is trained.
    private static String crossEntropy(GraphOptions options) {
        String ofProjection = "      " + options.collected("D", "z", "torch.slice(h, 0, i, e) * w.to(h.dtype)") + "\n";
        return surprise(options.config().architecture().logitCap())
                + Fill.in(
                        """
                          def expected(self: __torch__.Step, p: Tensor, E: Tensor) -> Tensor:
                            n = p.size(0)
                            if n < $few:
                              return torch.slice(torch.matmul(torch.constant_pad_nd(p, [0, 0, 0, $few - n]), E), 0, 0, n)
                            return $expected
                          def cross_entropy(self: __torch__.Step, h: Tensor, E: Tensor, labels: Tensor, weights: Tensor, D: Tensor) -> Tuple[Tensor, Tensor]:
                            n = h.size(0)
                            dh = torch.empty_like(h)
                            total = torch.zeros([], dtype=6, device=h.device)
                            i = 0
                            for c in range((n + $last) // $chunk):
                              e = min(i + $chunk, n)
                              z = $logits
                              w = torch.unsqueeze(torch.slice(weights, 0, i, e), 1).clone()
                              for d in range((e - i + $slice - 1) // $slice):
                                a = d * $slice
                                b = min(a + $slice, e - i)
                                y = torch.unsqueeze(torch.slice(labels, 0, i + a, i + b), 1)
                                total += self.surprise(torch.slice(z, 0, a, b), y, torch.slice(w, 0, a, b))
                              torch.slice(dh, 0, i, e).copy_(self.expected(z, E) * w)
                        """
                                + (options.trainsHead() ? ofProjection : "")
                                + """
                              i = e
                            return (total, dh)
                        """,
                        Map.of("chunk", CHUNK, "last", CHUNK - 1, "slice", SLICE, "few", FEW,
                                "expected", options.transposedProduct("p", "E"),
                                "logits", options.plainProduct("torch.slice(h, 0, i, e)", "E")));
    }

    /// Makes of logits `z` their gradient and of weights `w` its factors, in place. `log_softmax`
    /// sums in fp32 with an error of 1e-5; `s`, a sum in a tree, takes it out again.
    private static String surprise(double cap) {
        String capped = GraphOptions.capped("z.to(6)", cap);
        return Fill.in(
                """
                  def surprise(self: __torch__.Step, z: Tensor, y: Tensor, w: Tensor) -> Tensor:
                    x = $logits
                    p = torch.log_softmax(x, 1, dtype=6)
                    q = torch.gather(p, 1, y)
                    p.exp_()
                    s = torch.sum(p, [1], True)
                    l = torch.sum((torch.log(s) - q) * w)
                    w.div_(s)
                    z.copy_(p.scatter_add_(1, y, torch.neg(s))$slope)
                    return l
                """,
                Map.of("logits", cap == 0 ? "z" : capped,
                        "slope", cap == 0 ? "" : " * (1. - torch.square(torch.mul(x, " + 1 / cap + ")))"));
    }

    /// Log-probability of each label.
    private static String score(GraphOptions options) {
        return Fill.in(
                """
                  def score(self: __torch__.Step, W: List[Tensor], P: List[Tensor], $batch, rows: Tensor, labels: Tensor, C: Tensor, G: Tensor) -> Tensor:
                    torch.set_grad_enabled(False)
                $gained    x = self.between(self.begun(W, ids, at, C, G), self.first(G), $layers, W, P, at, F, inv, Q, K, M)
                    return self.label_scores(self.top(x, W, rows), W, labels)
                  def label_scores(self: __torch__.Step, h: Tensor, W: List[Tensor], labels: Tensor) -> Tensor:
                    n = h.size(0)
                    scores = torch.empty([n], dtype=6, device=h.device)
                    i = 0
                    for c in range((n + $last) // $chunk):
                      e = min(i + $chunk, n)
                      z = $logits
                      y = torch.unsqueeze(torch.slice(labels, 0, i, e), 1)
                      torch.slice(scores, 0, i, e).copy_(torch.squeeze(torch.gather(z, 1, y), 1) - torch.logsumexp(z, [1]))
                      i = e
                    return scores
                """,
                Map.of(
                        "batch", PackedText.BATCH,
                        "gained", MagnitudeText.line(options),
                        "layers", options.config().layers(),
                        "logits", options.logits("torch.slice(h, 0, i, e)"),
                        "chunk", CHUNK,
                        "last", CHUNK - 1));
    }

    private static String logits(GraphOptions options) {
        return Fill.in(
                """
                  def logits(self: __torch__.Step, W: List[Tensor], P: List[Tensor], $batch, rows: Tensor) -> Tensor:
                    torch.set_grad_enabled(False)
                $gained    h = self.top(self.layers(self.embed(W, ids, at), W, P, at, F, inv, Q, K, M), W, rows)
                    return $logits
                """,
                Map.of("batch", PackedText.BATCH, "gained", MagnitudeText.line(options), "logits", options.logits("h")));
    }
}
