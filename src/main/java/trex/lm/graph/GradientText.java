package trex.lm.graph;

import java.util.Map;

/// The backward pass. Gradients collect in the trainable tensors' own `.grad`, which exists from
/// the start, so that accumulation needs no second copy of them.
final class GradientText {
    private GradientText() {}

    static String of(GraphOptions options) {
        return attach() + noisy() + grads(options) + gradsCheckpointed(options);
    }

    /// Gives every trainable tensor a gradient of zeros.
    private static String attach() {
        return """
                  def attach(self: __torch__.Step, T: List[Tensor]) -> Tensor:
                    torch.set_grad_enabled(True)
                    for i in range(len(T)):
                      y = T[i] * 0.
                      torch.autograd.backward([y], annotate(List[Optional[Tensor]], [torch.zeros_like(T[i])]))
                    torch.set_grad_enabled(False)
                    return torch.zeros([], dtype=6)
                """;
    }

    /// Adds noise to the embeddings where there is any.
    private static String noisy() {
        return """
                  def noisy(self: __torch__.Step, x: Tensor, N: Tensor) -> Tensor:
                    if N.numel() == 0:
                      return x
                    return x + N.to(x.dtype)
                """;
    }

    private static String grads(GraphOptions options) {
        return Fill.in(
                """
                  def grads(self: __torch__.Step, W: List[Tensor], P: List[Tensor], $batch, rows: Tensor, labels: Tensor, weights: Tensor, N: Tensor, C: Tensor, G: Tensor) -> Tensor:
                    e = self.noisy(self.begun(W, ids, at, C, G), N)$leaf
                    torch.set_grad_enabled(True)
                $gained    y = self.top(self.between(e, self.first(G), $layers, W, P, at, F, inv, Q, K, M), W, rows)
                    torch.set_grad_enabled(False)
                    r = self.cross_entropy(torch.detach(y), torch.detach($head), labels, weights, $collect)
                    self.back(y, r[1], W, P)
                """
                        + (options.trainsEmbedding() ? ofEmbedding(options, "e.grad") : "")
                        + "    return r[0]\n",
                places(options));
    }

    /// The same with the activations of one layer alive at a time: inputs of trained layers are
    /// kept, and each of these layers is computed again on the way back.
    private static String gradsCheckpointed(GraphOptions options) {
        return Fill.in(
                """
                  def grads_checkpointed(self: __torch__.Step, W: List[Tensor], P: List[Tensor], $batch, rows: Tensor, labels: Tensor, weights: Tensor, N: Tensor, C: Tensor, G: Tensor) -> Tensor:
                    torch.set_grad_enabled(True)
                $gained    torch.set_grad_enabled(False)
                    a = self.angles(at, F)
                    m = self.masks(M)
                    X = annotate(List[Tensor], [])
                    x = self.noisy(self.begun(W, ids, at, C, G), N)
                    for i in range(self.first(G), $layers):
                      if i >= $frozen:
                        X.append(x)
                      x = self.layer(x, W, 1 + $weights * i, P, $adapters, self.kind(i), a, inv, Q, K, m)
                    x = torch.detach(x).requires_grad_(True)
                    torch.set_grad_enabled(True)
                    y = self.top(x, W, rows)
                    torch.set_grad_enabled(False)
                    r = self.cross_entropy(torch.detach(y), torch.detach($head), labels, weights, $collect)
                    self.back(y, r[1], W, P)
                    d = x.grad
                    for j in range($layers - $frozen):
                      i = $layers - 1 - j
                      x = torch.detach(X[i - $frozen]).requires_grad_($deeper)
                      torch.set_grad_enabled(True)
                      y = self.layer(x, W, 1 + $weights * i, P, $adapters, self.kind(i), a, inv, Q, K, m)
                      torch.set_grad_enabled(False)
                      self.back(y, d, W, P)
                      if $deeper:
                        d = x.grad
                """
                        + (options.trainsEmbedding() ? ofEmbedding(options, "d") : "")
                        + "    return r[0]\n",
                places(options));
    }

    /// Adds the rows' gradients in place: autograd would form a second table of the vocabulary.
    private static String ofEmbedding(GraphOptions options, String gradient) {
        String scale = options.embeddingScale() == 1 ? "" : " * " + options.embeddingScale();
        String words = "    W[0].grad.index_add_(0, ids, " + gradient + ".to(6)" + scale + ")\n";
        return options.config().family().isGpt2()
                ? words + "    W[" + options.layout().positionsIndex() + "].grad.index_add_(0, at, " + gradient + ".to(6))\n"
                : words;
    }

    private static Map<String, Object> places(GraphOptions options) {
        int head = options.layout().headIndex();
        return Map.ofEntries(
                Map.entry("batch", PackedText.BATCH),
                Map.entry("leaf", options.trainsEmbedding() ? ".requires_grad_(True)" : ""),
                Map.entry("head", options.weight(head)),
                Map.entry("collect", options.trainsHead() ? "W[" + head + "].grad" : "labels"),
                Map.entry("layers", options.config().layers()),
                Map.entry("weights", options.layout().layerSize()),
                Map.entry("adapters", options.firstAdapter()),
                Map.entry("frozen", options.frozenLayers()),
                Map.entry("deeper", options.trainsEmbedding() ? "True" : "i > " + options.frozenLayers()),
                Map.entry("gained", MagnitudeText.line(options)));
    }
}
