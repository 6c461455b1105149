package trex.lm.graph;

import java.util.Map;

/// Vocabulary projection and loss at the label rows only, a few rows at a time: logits of the whole
/// batch never exist, and the gradient of the hidden states is formed in the forward pass.
final class LossText {
    /// Rows of logits that exist at a time: 128 rows of a 49,152-word vocabulary are 25 MB in fp32.
    private static final int CHUNK = 128;

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
    /// gradient of the projection to `D` where that is trained. `log_softmax` sums in fp32
    /// with an error of 1e-5; `s`, a sum in a tree, takes it out again.
    private static String crossEntropy(GraphOptions options) {
        double cap = options.config().architecture().logitCap();
        String ofProjection = options.trainsHead()
                ? "      D.add_(torch.matmul(p.t(), torch.slice(h, 0, i, e) * w.to(h.dtype)))\n"
                : "";
        if (options.trainsHead() && !options.bf16()) {
            ofProjection = "      D.addmm_(p.t(), torch.slice(h, 0, i, e) * w)\n";
        }
        return Fill.in(
                """
                  def expected(self: __torch__.Step, p: Tensor, E: Tensor) -> Tensor:
                    n = p.size(0)
                    if n < $few:
                      return torch.slice(torch.matmul(torch.constant_pad_nd(p, [0, 0, 0, $few - n]), E), 0, 0, n)
                    return torch.matmul(p, E)
                  def cross_entropy(self: __torch__.Step, h: Tensor, E: Tensor, labels: Tensor, weights: Tensor, D: Tensor) -> Tuple[Tensor, Tensor]:
                    n = h.size(0)
                    dh = torch.empty_like(h)
                    total = torch.zeros([], dtype=6, device=h.device)
                    i = 0
                    for c in range((n + $last) // $chunk):
                      e = min(i + $chunk, n)
                      y = torch.unsqueeze(torch.slice(labels, 0, i, e), 1)
                      w = torch.unsqueeze(torch.slice(weights, 0, i, e), 1)
                      $softmax
                      q = torch.gather(p, 1, y)
                      p.exp_()
                      s = torch.sum(p, [1], True)
                      total -= torch.sum((q - torch.log(s)) * w)
                      w = w / s
                      p = (p.scatter_add_(1, y, torch.neg(s))$slope).to(h.dtype)
                      torch.slice(dh, 0, i, e).copy_(self.expected(p, E) * w)
                """
                        + ofProjection
                        + """
                      i = e
                    return (total, dh)
                """,
                Map.of("chunk", CHUNK, "last", CHUNK - 1, "few", FEW,
                        "softmax", cap == 0
                                ? "p = torch.log_softmax(torch.linear(torch.slice(h, 0, i, e), E), 1, dtype=6)"
                                : "z = " + GraphOptions.capped("torch.linear(torch.slice(h, 0, i, e), E).to(6)", cap)
                                        + "\n      p = torch.log_softmax(z, 1, dtype=6)",
                        "slope", cap == 0 ? "" : " * (1. - torch.square(torch.mul(z, " + 1 / cap + ")))"));
    }

    /// Log-probability of each label.
    private static String score(GraphOptions options) {
        return Fill.in(
                """
                  def score(self: __torch__.Step, W: List[Tensor], P: List[Tensor], $batch, rows: Tensor, labels: Tensor) -> Tensor:
                    torch.set_grad_enabled(False)
                $gained    h = self.top(self.layers(self.embed(W, ids, at), W, P, at, F, inv, Q, K, M), W, rows)
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
