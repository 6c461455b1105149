package trex.lm.graph;

import java.util.Map;
import trex.lm.ModelConfig;
import trex.lm.Projection;

/// One decoder layer in three pieces, so that training and generation share all but the attention
/// between the first and the last: `project` (norm, query, key, value, rotation), `attend`, and
/// `finish` (output projection, SwiGLU). Activations are flat, `[tokens, features]`.
final class LayerText {
    private LayerText() {}

    static String of(GraphOptions options) {
        return primitives(options) + project(options) + finish(options);
    }

    /// RMSNorm (Zhang and Sennrich 2019, arXiv 1910.07467); rotation of half heads as in Hugging
    /// Face's layout (Su et al. 2021, arXiv 2104.09864); adapters (Hu et al. 2021, arXiv 2106.09685).
    private static String primitives(GraphOptions options) {
        return Fill.in(
                """
                  def norm(self: __torch__.Step, x: Tensor, g: Tensor) -> Tensor:
                    return torch.rms_norm(x, [x.size(-1)], g, $epsilon)
                  def angles(self: __torch__.Step, at: Tensor, F: Tensor) -> Tuple[Tensor, Tensor]:
                    a = torch.unsqueeze(torch.outer(at.to(6), F), 1)
                    c = torch.cos(a)
                    s = torch.sin(a)
                    return (torch.cat([c, c], -1).to($type), torch.cat([torch.neg(s), s], -1).to($type))
                  def rotate(self: __torch__.Step, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
                    return torch.addcmul(x * cos, torch.roll(x, [$half], [-1]), sin)
                """
                        + (options.adapters() == null
                                ? ""
                                : """
                  def adapted(self: __torch__.Step, x: Tensor, w: Tensor, a: Tensor, b: Tensor) -> Tensor:
                    return torch.addmm(torch.linear(x, w), torch.linear(x, a), b.t(), beta=1, alpha=$scale)
                """),
                Map.of(
                        "epsilon", options.config().normEpsilon(),
                        "half", options.config().headSize() / 2,
                        "type", options.activationType(),
                        "scale", options.adapters() == null ? 0 : options.adapters().scale()));
    }

    private static String project(GraphOptions options) {
        ModelConfig config = options.config();
        return Fill.in(
                """
                  def project(self: __torch__.Step, x: Tensor, W: List[Tensor], o: int, P: List[Tensor], p: int, cos: Tensor, sin: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
                    h = self.norm(x, $norm)
                    q = self.rotate($q.view([-1, $heads, $size]), cos * $scale, sin * $scale)
                    k = self.rotate($k.view([-1, $shared, $size]), cos, sin)
                    v = $v.view([-1, $shared, $size])
                    return (q, k, v)
                """,
                Map.of(
                        "norm", options.layerWeight("input_layernorm.weight"),
                        "q", options.linear(Projection.QUERY, "h"),
                        "k", options.linear(Projection.KEY, "h"),
                        "v", options.linear(Projection.VALUE, "h"),
                        "heads", config.heads(),
                        "shared", config.keyValueHeads(),
                        "size", config.headSize(),
                        "scale", 1 / Math.sqrt(config.headSize())));
    }

    private static String finish(GraphOptions options) {
        return Fill.in(
                """
                  def finish(self: __torch__.Step, x: Tensor, t: Tensor, W: List[Tensor], o: int, P: List[Tensor], p: int) -> Tensor:
                    x = x + $o
                    h = self.norm(x, $norm)
                    a = torch.silu($gate) * $up
                    return x + $down
                """,
                Map.of(
                        "o", options.linear(Projection.OUTPUT, "t"),
                        "norm", options.layerWeight("post_attention_layernorm.weight"),
                        "gate", options.linear(Projection.GATE, "h"),
                        "up", options.linear(Projection.UP, "h"),
                        "down", options.linear(Projection.DOWN, "a")));
    }
}
