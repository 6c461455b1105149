package trex.lm.graph;

import java.util.Map;
import java.util.stream.Collectors;
import trex.lm.AdapterLayout;
import trex.lm.Projection;
import trex.model.Quantization;

/// Adapters with magnitudes (DoRA, Liu et al. 2024, arXiv 2402.09353): an output is `m / |v|` times
/// that of the adapted weights `v = w + scale b A`, one row each. `|v|` is a constant in the backward
/// pass, as in the paper's section 4.3 and in PEFT.
///
/// Merged weights never exist: `|v|^2 = |w|^2 + 2 scale (W A^T) b + scale^2 b^T (A A^T) b`, which takes
/// `2 rank` operations a weight, as much as the adapters themselves take for `2 rank` tokens.
final class MagnitudeText {
    private MagnitudeText() {}

    static String of(GraphOptions options) {
        AdapterLayout adapters = options.adapters();
        return adapters == null || !adapters.magnitudes() ? "" : length(adapters) + norms(options, adapters) + gained();
    }

    /// A line of the text after which `P` holds factors of the outputs in the places of magnitudes;
    /// or none.
    static String line(GraphOptions options) {
        return options.trainsMagnitudes() ? "    P = self.gained(W, P)\n" : "";
    }

    private static String length(AdapterLayout adapters) {
        return Fill.in(
                """
                  def length(self: __torch__.Step, w: Tensor, a: Tensor, b: Tensor) -> Tensor:
                    n = torch.square(torch.linalg_vector_norm(w, 2, [1]))
                    n.add_(torch.sum(torch.matmul(w, a.t()) * b, [1]), alpha=$twice)
                    n.add_(torch.sum(torch.matmul(b, torch.matmul(a, a.t())) * b, [1]), alpha=$square)
                    return n.clamp_min_(1.e-30).sqrt_()
                """,
                Map.of("twice", 2 * adapters.scale(), "square", adapters.scale() * adapters.scale()));
    }

    /// Lengths of all adapted rows, projection by projection.
    private static String norms(GraphOptions options, AdapterLayout adapters) {
        return Fill.in(
                """
                  def norms(self: __torch__.Step, W: List[Tensor], P: List[Tensor]) -> List[Tensor]:
                    N = annotate(List[Tensor], [])
                    for j in range($layers):
                      i = j + $frozen
                      o = 1 + $weights * i
                      p = $adapters
                """,
                Map.of(
                        "layers", options.config().layers() - options.frozenLayers(),
                        "frozen", options.frozenLayers(),
                        "weights", options.layout().layerSize(),
                        "adapters", options.firstAdapter()))
                + adapters.projections().stream()
                        .map(projection -> "      N.append(self.length(%s, torch.detach(P[p + %d]), torch.detach(P[p + %d])))\n"
                                .formatted(wide(options, projection), adapters.indexOfA(projection),
                                        adapters.indexOfA(projection) + 1))
                        .collect(Collectors.joining())
                + "    return N\n";
    }

    private static String wide(GraphOptions options, Projection projection) {
        return options.dense(options.layerWeight(projection.path() + ".weight"), projection, ScalarType.FP32);
    }

    private static String gained() {
        return """
                  def gained(self: __torch__.Step, W: List[Tensor], P: List[Tensor]) -> List[Tensor]:
                    N = self.norms(W, P)
                    G = annotate(List[Tensor], [])
                    for i in range(len(N)):
                      G.append(P[3 * i])
                      G.append(P[3 * i + 1])
                      G.append(torch.div(P[3 * i + 2], N[i]))
                    return G
                  def gains(self: __torch__.Step, W: List[Tensor], P: List[Tensor]) -> List[Tensor]:
                    torch.set_grad_enabled(False)
                    return self.gained(W, P)
                """;
    }
}
