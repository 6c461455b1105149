package trex.lm.graph;

import java.util.Map;

/// Norms that are trained through. Autograd takes the library's RMSNorm apart into a dozen passes
/// over numbers; written down it takes half of them. Other norms are autograd's.
///
/// With `r` the inverse root mean square of a row of `n` numbers and `e` the gradient of
/// `x r g`: `dx = r e g - x r^3 mean(e g x)`, `dg` is the sum of `e x r` over rows.
final class NormText {
    private NormText() {}

    static String of(GraphOptions options) {
        return options.config().family().isGpt2() ? ofAutograd(options) : written(options);
    }

    /// Lines after which `to` is the norm of `x`, what the way back needs kept in `S`.
    ///
    /// @param weight index of its gain in the weights
    static String there(GraphOptions options, String to, String x, String weight) {
        return "    %s = self.normed(%s, %s, S)\n".formatted(to, x, parameters(options, weight));
    }

    /// A line that adds to `d`, in fp32, the gradient of what was normalised.
    ///
    /// @param e the norm's gradient
    static String back(GraphOptions options, String d, String e, String weight) {
        return "    self.norm_back(%s, %s, %s, S)\n".formatted(d, e, parameters(options, weight));
    }

    private static String parameters(GraphOptions options, String weight) {
        return "W[" + weight + "]" + (options.config().family().isGpt2() ? ", W[" + weight + " + 1]" : "");
    }

    private static String written(GraphOptions options) {
        return Fill.in(
                """
                  def normed(self: __torch__.Step, x: Tensor, g: Tensor, S: List[Tensor]) -> Tensor:
                    r = torch.rsqrt(torch.mean(torch.square(x.to(6)), [-1], True).add_($epsilon))
                    S.append(x)
                    S.append(r)
                    return torch.mul(x, r).mul_($gain).to($type)
                  def norm_back(self: __torch__.Step, d: Tensor, e: Tensor, g: Tensor, S: List[Tensor]) -> None:
                    r = S.pop()
                    x = S.pop().to(6)
                    w = ($gain).to(6)
                    e = e.to(6)
                    p = e * x
                    s = torch.unsqueeze(torch.mv(p, w), 1)
                $collect    d.addcmul_(e * w, r)
                    d.addcmul_(x, torch.pow(r, 3).mul_(s).mul_(-1. / x.size(-1)))
                    return None
                """,
                Map.of(
                        "epsilon", options.config().normEpsilon(),
                        "type", options.activationType(),
                        "gain", options.config().family().isGemma()
                                ? "g.to(" + options.activationType() + ") + 1."
                                : "g.to(" + options.activationType() + ")",
                        "collect", options.trainsWeights() ? "    g.grad.add_(torch.mv(p.t(), torch.squeeze(r, 1)))\n" : ""));
    }

    private static String ofAutograd(GraphOptions options) {
        return Fill.in(
                """
                  def normed(self: __torch__.Step, x: Tensor, g: Tensor, b: Tensor, S: List[Tensor]) -> Tensor:
                    x = torch.detach(x).requires_grad_(True)
                    torch.set_grad_enabled(True)
                    y = self.norm(x, g.to($type), b.to($type))
                    torch.set_grad_enabled(False)
                    S.append(x)
                    S.append(y)
                    return torch.detach(y)
                  def norm_back(self: __torch__.Step, d: Tensor, e: Tensor, g: Tensor, b: Tensor, S: List[Tensor]) -> None:
                    torch.autograd.backward([S.pop()], annotate(List[Optional[Tensor]], [e]))
                    d.add_(S.pop().grad)
                    return None
                """,
                Map.of("type", options.activationType()));
    }
}
