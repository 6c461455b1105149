package trex.lm.graph;

/// One optimizer step over the collected gradients: clipping by their joint norm (Pascanu et al.
/// 2013), then AdamW (Loshchilov and Hutter, arXiv 1711.05101) in libtorch's fused form. Weight
/// decay touches matrices only. A norm that is not finite leaves everything as it was.
final class OptimizerText {
    private OptimizerText() {}

    static String of() {
        return """
                  def adamw(self: __torch__.Step, T: List[Tensor], G: List[Tensor], A: List[Tensor], B: List[Tensor], S: List[Tensor], rate: float, decay: float) -> None:
                    torch._foreach_add_(S, 1)
                    torch._fused_adamw_(T, G, A, B, annotate(List[Tensor], []), S, lr=rate, beta1=0.9, beta2=0.999, weight_decay=decay, eps=1.e-08, amsgrad=False, maximize=False)
                    return None
                  def apply(self: __torch__.Step, T: List[Tensor], A: List[Tensor], B: List[Tensor], S: List[Tensor], rate: Tensor, decay: Tensor, clip: Tensor) -> Tensor:
                    torch.set_grad_enabled(False)
                    G = annotate(List[Tensor], [])
                    matrices = annotate(List[int], [])
                    vectors = annotate(List[int], [])
                    for i in range(len(T)):
                      G.append(T[i].grad)
                      if T[i].dim() > 1:
                        matrices.append(i)
                      else:
                        vectors.append(i)
                    norm = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(G, 2)))
                    n = float(norm)
                    if n - n == 0.:
                      if n > float(clip):
                        torch._foreach_mul_(G, float(clip) / n)
                      self.pick(matrices, T, G, A, B, S, float(rate), float(decay))
                      self.pick(vectors, T, G, A, B, S, float(rate), 0.)
                    torch._foreach_zero_(G)
                    return norm
                  def pick(self: __torch__.Step, at: List[int], T: List[Tensor], G: List[Tensor], A: List[Tensor], B: List[Tensor], S: List[Tensor], rate: float, decay: float) -> None:
                    t = annotate(List[Tensor], [])
                    g = annotate(List[Tensor], [])
                    a = annotate(List[Tensor], [])
                    b = annotate(List[Tensor], [])
                    s = annotate(List[Tensor], [])
                    for j in range(len(at)):
                      i = at[j]
                      t.append(T[i])
                      g.append(G[i])
                      a.append(A[i])
                      b.append(B[i])
                      s.append(S[i])
                    if len(t) > 0:
                      self.adamw(t, g, a, b, s, rate, decay)
                    return None
                """;
    }
}
