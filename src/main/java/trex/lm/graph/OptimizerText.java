package trex.lm.graph;

import java.util.Map;

/// One optimizer step over the collected gradients, which it consumes. Every rule has the form
/// `rule(tensors, moments…, number of the step, rate, decay)`; weight decay is decoupled from the
/// gradient in all of them (Loshchilov and Hutter, arXiv 1711.05101).
final class OptimizerText {
    private static final double MOMENTUM = 0.9;

    private OptimizerText() {}

    static String of() {
        return gradients() + adamw() + sgd() + adafactor();
    }

    /// Clipping by the joint norm (Pascanu et al. 2013); a norm that is not finite changes nothing.
    private static String gradients() {
        return """
                  def gradients(self: __torch__.Step, T: List[Tensor]) -> List[Tensor]:
                    G = annotate(List[Tensor], [])
                    for i in range(len(T)):
                      G.append(T[i].grad)
                    return G
                  def clip(self: __torch__.Step, T: List[Tensor], most: Tensor) -> Tensor:
                    torch.set_grad_enabled(False)
                    G = self.gradients(T)
                    norm = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(G, 2)))
                    n = float(norm)
                    if n - n == 0.:
                      if n > float(most):
                        torch._foreach_mul_(G, float(most) / n)
                    return norm
                  def forget(self: __torch__.Step, T: List[Tensor]) -> Tensor:
                    torch.set_grad_enabled(False)
                    torch._foreach_zero_(self.gradients(T))
                    return torch.zeros([], dtype=6)
                """;
    }

    /// In libtorch's fused form.
    private static String adamw() {
        return """
                  def adamw(self: __torch__.Step, T: List[Tensor], A: List[Tensor], B: List[Tensor], step: Tensor, rate: Tensor, decay: Tensor) -> Tensor:
                    torch.set_grad_enabled(False)
                    S = annotate(List[Tensor], [])
                    for i in range(len(T)):
                      S.append(step)
                    torch._fused_adamw_(T, self.gradients(T), A, B, annotate(List[Tensor], []), S, lr=float(rate), beta1=0.9, beta2=0.999, weight_decay=float(decay), eps=1.e-08, amsgrad=False, maximize=False)
                    return step
                """;
    }

    /// With the heavy ball's momentum (Polyak 1964), which begins at zero and is not damped.
    private static String sgd() {
        return Fill.in(
                """
                  def sgd(self: __torch__.Step, T: List[Tensor], A: List[Tensor], step: Tensor, rate: Tensor, decay: Tensor) -> Tensor:
                    torch.set_grad_enabled(False)
                    torch._foreach_mul_(A, $momentum)
                    torch._foreach_add_(A, self.gradients(T), alpha=1.)
                    torch._foreach_mul_(T, 1. - float(rate) * float(decay))
                    torch._foreach_add_(T, A, alpha=0. - float(rate))
                    return step
                """,
                Map.of("momentum", MOMENTUM));
    }

    /// Shazeer and Stern 2018 (arXiv 1804.04235), algorithm 4 and 5 with the recipe's own rate in
    /// the place of the relative one: second moments decay by `1 - step^-0.8` from `1e-30`, updates
    /// of a root mean square above 1 are scaled down to it. The gradient becomes the update in its
    /// own place, so that nothing of a matrix's size is allocated.
    private static String adafactor() {
        return """
                  def kept(self: __torch__.Step, step: Tensor) -> float:
                    return 1. - float(torch.pow(step, -0.8))
                  def mean_square(self: __torch__.Step, g: Tensor, dim: int) -> Tensor:
                    return torch.square(torch.linalg_vector_norm(g, 2, [dim])) / g.size(dim) + 1.e-30
                  def move(self: __torch__.Step, x: Tensor, u: Tensor, rate: float, decay: float) -> None:
                    rms = float(torch.linalg_vector_norm(u)) / float(u.numel()) ** 0.5
                    x.mul_(1. - rate * decay)
                    x.add_(u, alpha=0. - rate / max(1., rms))
                    return None
                  def adafactor(self: __torch__.Step, T: List[Tensor], A: List[Tensor], B: List[Tensor], step: Tensor, rate: Tensor, decay: Tensor) -> Tensor:
                    torch.set_grad_enabled(False)
                    k = self.kept(step)
                    for i in range(len(T)):
                      g = T[i].grad
                      A[i].mul_(k).add_(self.mean_square(g, 1), alpha=1. - k)
                      B[i].mul_(k).add_(self.mean_square(g, 0), alpha=1. - k)
                      g.mul_(torch.unsqueeze(torch.rsqrt(A[i] / torch.mean(A[i])), 1))
                      g.mul_(torch.unsqueeze(torch.rsqrt(B[i]), 0))
                      self.move(T[i], g, float(rate), float(decay))
                    return step
                  def adafactor_unfactored(self: __torch__.Step, T: List[Tensor], A: List[Tensor], step: Tensor, rate: Tensor, decay: Tensor) -> Tensor:
                    torch.set_grad_enabled(False)
                    k = self.kept(step)
                    for i in range(len(T)):
                      g = T[i].grad
                      A[i].mul_(k).add_(torch.square(g) + 1.e-30, alpha=1. - k)
                      g.mul_(torch.rsqrt(A[i]))
                      self.move(T[i], g, float(rate), float(decay))
                    return step
                """;
    }
}
