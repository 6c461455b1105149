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
                  def norm(self: __torch__.Step, x: Tensor, g: Tensor$bias) -> Tensor:
                    return $norm
                  def angles(self: __torch__.Step, at: Tensor, F: Tensor) -> List[Tensor]:
                    r = annotate(List[Tensor], [])
                    for k in range($kinds):
                      a = torch.unsqueeze(torch.outer(at.to(6), torch.select(F, 0, k)), 1)
                      c = torch.cos(a)
                      s = torch.sin(a)
                      r.append(torch.cat([c, c], -1).to($type))
                      r.append(torch.cat([torch.neg(s), s], -1).to($type))
                    return r
                  def rotate(self: __torch__.Step, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
                    return torch.addcmul(x * cos, torch.roll(x, [$half], [-1]), sin)
                """
                        + (options.packed() ? scaled() : "")
                        + (options.adapters() == null ? "" : adapted())
                        + (options.trainsMagnitudes() ? gain() : ""),
                Map.of(
                        "norm", norm(options),
                        "bias", options.config().family().isGpt2() ? ", b: Tensor" : "",
                        "kinds", options.config().kinds().size(),
                        "half", options.config().headSize() / 2,
                        "epsilon", options.config().normEpsilon(),
                        "type", options.activationType(),
                        "scale", options.adapterScale()));
    }

    /// @param s squared lengths of the rows
    private static String scaled() {
        return """
                  def scaled(self: __torch__.Step, x: Tensor, s: Tensor, g: Tensor) -> Tensor:
                    return (x * torch.rsqrt_(s.mul_(1. / x.size(-1)).add_($epsilon))).mul_(g).to($type)
                """;
    }

    /// `p` is the index of A, negative where the layer has no adapters.
    private static String adapted() {
        return """
                  def adapted(self: __torch__.Step, x: Tensor, y: Tensor, P: List[Tensor], p: int) -> Tensor:
                    if p < 0:
                      return y
                    return torch.addmm(y, torch.linear(x, P[p].to($type)), P[p + 1].to($type).t(), beta=1, alpha=$scale)
                """;
    }

    private static String gain() {
        return """
                  def gain(self: __torch__.Step, y: Tensor, P: List[Tensor], p: int) -> Tensor:
                    if p < 0:
                      return y
                    return y * P[p + 2].to($type)
                """;
    }

    private static String norm(GraphOptions options) {
        double epsilon = options.config().normEpsilon();
        return switch (options.config().family()) {
            case GPT2 -> "torch.layer_norm(x, [x.size(-1)], g, b, " + epsilon + ", False)";
            case GEMMA2, GEMMA3 -> rootMeanSquare(options, "g + 1.");
            case LLAMA, MISTRAL, QWEN2, QWEN3, PHI3 -> rootMeanSquare(options, "g");
        };
    }

    /// Where nothing is trained and rows are few, calls cost more than numbers: the library's own
    /// norm takes eight of them.
    private static String rootMeanSquare(GraphOptions options, String gain) {
        double epsilon = options.config().normEpsilon();
        return options.packed()
                ? "self.scaled(x, torch.square_(torch.linalg_vector_norm(x, 2, [-1], True, dtype=6)), " + gain + ")"
                : "torch.rms_norm(x, [x.size(-1)], " + gain + ", " + epsilon + ")";
    }

    private static String project(GraphOptions options) {
        ModelConfig config = options.config();
        return Fill.in(
                """
                  def project(self: __torch__.Step, x: Tensor, W: List[Tensor], o: int, P: List[Tensor], p: int, cos: Tensor, sin: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
                    h = $norm
                $joint    q = $q
                    k = $k
                    v = $v.view([-1, $shared, $size])
                    return (q, k, v)
                """,
                Map.of(
                        "norm", options.layerNorm("input_layernorm", "x"),
                        "joint", options.jointLine(Projection.QUERY, "h"),
                        "q", turned(options, Projection.QUERY, options.linear(Projection.QUERY, "h")),
                        "k", turned(options, Projection.KEY, options.linear(Projection.KEY, "h")),
                        "v", options.linear(Projection.VALUE, "h"),
                        "shared", config.keyValueHeads(),
                        "size", config.headSize()));
    }

    /// Queries, scaled, or keys: normalised and rotated as the family does.
    static String turned(GraphOptions options, Projection projection, String projected) {
        ModelConfig config = options.config();
        boolean query = projection == Projection.QUERY;
        String heads = projected + ".view([-1, " + projection.out(config) / config.headSize() + ", " + config.headSize() + "])";
        if (config.family().normalisesHeads()) {
            heads = options.layerNorm(query ? "self_attn.q_norm" : "self_attn.k_norm", heads);
        }
        String scale = query ? " * " + config.queryScale() : "";
        return config.family().isGpt2()
                ? heads + scale
                : "self.rotate(" + heads + ", cos" + scale + ", sin" + scale + ")";
    }

    private static String finish(GraphOptions options) {
        boolean gemma = options.config().family().isGemma();
        String attended = options.linear(Projection.OUTPUT, "t");
        String written = options.linear(Projection.DOWN, "a");
        return Fill.in(
                """
                  def finish(self: __torch__.Step, x: Tensor, t: Tensor, W: List[Tensor], o: int, P: List[Tensor], p: int) -> Tensor:
                    x = x + $attended
                    h = $norm
                $joint    a = $inner
                    return x + $written
                """,
                Map.of(
                        "attended", gemma ? options.layerNorm("post_attention_layernorm", attended) : attended,
                        "norm", options.layerNorm(gemma ? "pre_feedforward_layernorm" : "post_attention_layernorm", "x"),
                        "joint", options.config().family().gated() ? options.jointLine(Projection.GATE, "h") : "",
                        "inner", inner(options),
                        "written", gemma ? options.layerNorm("post_feedforward_layernorm", written) : written));
    }

    private static String inner(GraphOptions options) {
        String up = options.linear(Projection.UP, "h");
        return options.config().family().gated()
                ? activation(options, options.linear(Projection.GATE, "h")) + " * " + up
                : activation(options, up);
    }

    static String activation(GraphOptions options, String x) {
        return switch (options.config().family()) {
            case GPT2, GEMMA2, GEMMA3 -> "torch.gelu(" + x + ", approximate=\"tanh\")";
            case LLAMA, MISTRAL, QWEN2, QWEN3, PHI3 -> "torch.silu(" + x + ")";
        };
    }
}
