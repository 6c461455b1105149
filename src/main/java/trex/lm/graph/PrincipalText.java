package trex.lm.graph;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import trex.lm.AdapterLayout;

/// The leading part of a weight by subspace iteration (Halko, Martinsson and Tropp 2011, arXiv
/// 0909.4061, algorithm 4.4): a basis of what a fixed random matrix is mapped to, improved by
/// [#ITERATIONS] passes through the weight and back, then the exact decomposition within it.
final class PrincipalText {
    /// Of a weight whose singular values fall by a tenth from those wanted to those left out, the
    /// part of the latter in the basis is then below `0.9^17`.
    private static final int ITERATIONS = 8;

    private PrincipalText() {}

    static String of(@Nullable AdapterLayout adapters) {
        return adapters == null ? "" : leading(adapters) + depart(adapters);
    }

    /// B and A, `scale B A` being the leading part. Of the two signs that a pair of singular vectors
    /// can have, the one in which the left one's largest number is positive.
    private static String leading(AdapterLayout adapters) {
        return Fill.in(
                """
                  def basis(self: __torch__.Step, x: Tensor) -> Tensor:
                    return torch.linalg_qr(x)[0]
                  def leading(self: __torch__.Step, w: Tensor, random: Tensor) -> List[Tensor]:
                    torch.set_grad_enabled(False)
                    q = self.basis(torch.matmul(w, random))
                    for i in range($iterations):
                      q = self.basis(torch.matmul(w.t(), q))
                      q = self.basis(torch.matmul(w, q))
                    r = torch.linalg_svd(torch.matmul(q.t(), w), False)
                    u = torch.slice(torch.matmul(q, r[0]), 1, 0, $rank)
                    v = torch.slice(r[2], 0, 0, $rank)
                    s = torch.sqrt(torch.slice(r[1], 0, 0, $rank) / $scale)
                    g = torch.sign(torch.gather(u, 0, torch.argmax(torch.abs(u), 0, True)))
                    return [torch.mul(u, g * s).contiguous(), torch.mul(v, torch.unsqueeze(torch.squeeze(g, 0) * s, 1)).contiguous()]
                """,
                Map.of("iterations", ITERATIONS, "rank", adapters.rank(), "scale", adapters.scale()));
    }

    /// Takes a part out of a weight; puts it back and takes out another.
    private static String depart(AdapterLayout adapters) {
        return Fill.in(
                """
                  def depart(self: __torch__.Step, w: Tensor, b: Tensor, a: Tensor) -> Tensor:
                    torch.set_grad_enabled(False)
                    return w.addmm_(b, a, alpha=-$scale)
                  def depart_again(self: __torch__.Step, W: List[Tensor], b: Tensor, a: Tensor, d: Tensor, c: Tensor) -> Tensor:
                    torch.set_grad_enabled(False)
                    x = W[0].to(6).addmm(b, a, alpha=$scale)
                    return W[0].copy_(x.addmm_(d, c, alpha=-$scale))
                """,
                Map.of("scale", adapters.scale()));
    }
}
