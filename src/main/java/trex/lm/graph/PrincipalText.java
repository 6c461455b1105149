package trex.lm.graph;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import trex.lm.AdapterLayout;

/// The leading part of a weight by subspace iteration (Halko, Martinsson and Tropp 2011, arXiv
/// 0909.4061, algorithm 4.3): a basis of what a fixed random matrix is mapped to by `C = W^T W`,
/// improved by [#ITERATIONS] further products with `C`, and the exact decomposition within it.
///
/// Bases are found by Cholesky factors in fp64 (Fukaya et al. 2020, arXiv 1809.11085) and not by
/// Householder's reflections, which the library divides among threads column by column: beside a busy
/// neighbour that took minutes.
final class PrincipalText {
    /// Of a weight whose singular values fall by a tenth from those wanted to those that the basis
    /// leaves out, the part of the latter is then below `0.9^17`.
    private static final int ITERATIONS = 8;

    private PrincipalText() {}

    static String of(@Nullable AdapterLayout adapters) {
        return adapters == null ? "" : basis() + leading(adapters) + depart(adapters);
    }

    /// Orthonormal columns with the same span; the shift keeps the factor of a deficient one finite.
    private static String basis() {
        return """
                  def basis(self: __torch__.Step, x: Tensor) -> Tensor:
                    g = torch.matmul(x.t(), x)
                    d = torch.diagonal(g)
                    d.add_(float(torch.sum(d)) * 1.e-14 + 1.e-200)
                    return torch.linalg_solve_triangular(torch.linalg_cholesky(g).t(), x, upper=True, left=False)
                """;
    }

    /// B and A, `scale B A` being the leading part. Of the two signs that a pair of singular vectors
    /// can have, the one in which the left one's largest number is positive.
    private static String leading(AdapterLayout adapters) {
        return Fill.in(
                """
                  def leading(self: __torch__.Step, w: Tensor, random: Tensor) -> List[Tensor]:
                    torch.set_grad_enabled(False)
                    tall = w
                    if w.size(0) < w.size(1):
                      tall = w.t()
                    c = torch.matmul(tall.t(), tall).to(7)
                    c.div_(float(torch.trace(c)) + 1.e-200)
                    x = self.basis(torch.matmul(c, random.to(7)))
                    for i in range($iterations):
                      x = self.basis(torch.matmul(c, x))
                    x = self.basis(x)
                    z = torch.linalg_eigh(torch.matmul(x.t(), torch.matmul(c, x)))[1]
                    v = torch.matmul(x, torch.flip(torch.slice(z, 1, z.size(1) - $rank), [1])).to(6)
                    u = torch.matmul(tall, v)
                    s = torch.sqrt(torch.linalg_vector_norm(u, 2, [0]) / $scale).clamp_min_(1.e-15)
                    b = u / (s * $scale)
                    a = v * s
                    if w.size(0) < w.size(1):
                      t = a
                      a = b
                      b = t
                    g = torch.sign(torch.gather(b, 0, torch.argmax(torch.abs(b), 0, True)))
                    return [torch.mul(b, g).contiguous(), torch.mul(a, g).t().contiguous()]
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
