package trex.lm.graph;

import java.util.Map;

/// The backward pass. Gradients collect in the trainable tensors' own `.grad`, which exists from
/// the start, so that accumulation needs no second copy of them.
final class GradientText {
    private GradientText() {}

    static String of(GraphOptions options) {
        return attach() + noisy() + loss(options) + grads(options) + gradsCheckpointed(options);
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
        return grads(
                options,
                "grads",
                """
                    for i in range(self.first(G), $frozen):
                      x = self.layer(x, W, 1 + $weights * i, P, $adapters, self.kind(i), a, inv, Q, K, m)
                    for j in range($layers - $frozen):
                      i = $frozen + j
                      x = self.tracked(x, W, 1 + $weights * i, P, $adapters, i, a, inv, Q, K, m, S)
                """,
                "");
    }

    /// The same with what one layer keeps alive at a time: inputs of trained layers are kept, and
    /// each of these layers is computed again on the way back.
    private static String gradsCheckpointed(GraphOptions options) {
        return grads(
                options,
                "grads_checkpointed",
                """
                    X = annotate(List[Tensor], [])
                    for i in range(self.first(G), $layers):
                      if i >= $frozen:
                        X.append(x)
                      x = self.layer(x, W, 1 + $weights * i, P, $adapters, self.kind(i), a, inv, Q, K, m)
                """,
                """
                      self.tracked(X.pop(), W, 1 + $weights * i, P, $adapters, i, a, inv, Q, K, m, S)
                """);
    }

    /// @param there lines that run `x` through the layers
    /// @param again a line before a trained layer's way back, after which `S` holds what that needs
    private static String grads(GraphOptions options, String name, String there, String again) {
        return Fill.in(
                """
                  def %s(self: __torch__.Step, W: List[Tensor], P: List[Tensor], $batch, rows: Tensor, labels: Tensor, weights: Tensor, N: Tensor, C: Tensor, G: Tensor) -> Tensor:
                    torch.set_grad_enabled(True)
                $gained    torch.set_grad_enabled(False)
                    a = self.angles(at, F)
                    m = self.masks(M)
                    S = annotate(List[Tensor], [])
                    x = self.noisy(self.begun(W, ids, at, C, G), N)
                %s    r = self.loss(x, W, rows, labels, weights)
                    d = r[1]
                    for j in range($layers - $frozen):
                      i = $layers - 1 - j
                %s      self.inner_back(d, W, 1 + $weights * i, P, $adapters, S)
                      self.attention_back(d, W, 1 + $weights * i, P, $adapters, S)
                %s    return r[0]
                """.formatted(name, there, again, options.trainsEmbedding() ? ofEmbedding(options) : ""),
                Map.of(
                        "batch", PackedText.BATCH,
                        "layers", options.config().layers(),
                        "weights", options.layout().layerSize(),
                        "adapters", options.firstAdapter(),
                        "frozen", options.frozenLayers(),
                        "gained", MagnitudeText.line(options)));
    }

    /// The loss behind the last layer and the gradient of its stream, in fp32.
    private static String loss(GraphOptions options) {
        String norm = Integer.toString(options.layout().finalNormIndex());
        return Fill.in(
                """
                  def loss(self: __torch__.Step, x: Tensor, W: List[Tensor], rows: Tensor, labels: Tensor, weights: Tensor) -> Tuple[Tensor, Tensor]:
                    S = annotate(List[Tensor], [])
                $there    r = self.cross_entropy(h, torch.detach($head), labels, weights, $collect)
                    e = torch.zeros([rows.size(0), x.size(1)], dtype=6, device=x.device)
                $back    d = torch.zeros([x.size(0), x.size(1)], dtype=6, device=x.device)
                    return (r[0], d.index_add_(0, rows, e))
                """,
                Map.of(
                        "there", NormText.there(options, "h", "torch.index_select(x, 0, rows)", norm),
                        "back", NormText.back(options, "e", "r[1]", norm),
                        "head", options.weight(options.layout().headIndex()),
                        "collect", options.trainsHead() ? "W[" + options.layout().headIndex() + "].grad" : "labels"));
    }

    /// Adds the rows' gradients in place: autograd would form a second table of the vocabulary.
    private static String ofEmbedding(GraphOptions options) {
        String scale = options.embeddingScale() == 1 ? "" : " * " + options.embeddingScale();
        String words = "    W[0].grad.index_add_(0, ids, d" + scale + ")\n";
        return options.config().family().isGpt2()
                ? words + "    W[" + options.layout().positionsIndex() + "].grad.index_add_(0, at, d)\n"
                : words;
    }
}
