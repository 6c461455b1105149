package trex.lm.graph;

import java.util.List;
import java.util.Map;
import trex.lm.Projection;

/// A decoder layer that keeps what the way back needs, and the way back. All but attention is
/// written down: linear layers are then multiplied by whatever multiplies fastest, weights may be
/// widened where they are needed, gradients go straight to where they are collected, and autograd
/// neither keeps what can be had again nor passes over numbers more often than needed.
///
/// The residual stream's gradient `d` is in fp32, and changed in place.
final class WayBackText {
    private WayBackText() {}

    static String of(GraphOptions options) {
        return NormText.of(options)
                + LinearsText.functions(options)
                + seen(options)
                + tracked(options)
                + innerBack(options)
                + attentionBack(options);
    }

    private static LinearsText attention(GraphOptions options) {
        return new LinearsText(options, "h", List.of(Projection.QUERY, Projection.KEY, Projection.VALUE));
    }

    private static LinearsText output(GraphOptions options) {
        return new LinearsText(options, "t", List.of(Projection.OUTPUT));
    }

    private static LinearsText inner(GraphOptions options) {
        return new LinearsText(options, "h", options.config().family().gated()
                ? List.of(Projection.GATE, Projection.UP)
                : List.of(Projection.UP));
    }

    private static LinearsText down(GraphOptions options) {
        return new LinearsText(options, "a", List.of(Projection.DOWN));
    }

    /// Attention with autograd's way back to projected queries, keys and values.
    private static String seen(GraphOptions options) {
        return Fill.in(
                """
                  def seen(self: __torch__.Step, q: Tensor, k: Tensor, v: Tensor, W: List[Tensor], o: int, cos: Tensor, sin: Tensor, inv: Tensor, Q: List[Tensor], K: List[Tensor], M: List[Tensor], w: int, S: List[Tensor]) -> Tensor:
                    q = torch.detach(q).requires_grad_(True)
                    k = torch.detach(k).requires_grad_(True)
                    v = torch.detach(v).requires_grad_(True)
                    torch.set_grad_enabled(True)
                    t = self.attend($query, $key, v.reshape([-1, $shared, $size]), inv, Q, K, M, w)
                    torch.set_grad_enabled(False)
                $hollow    S.append(q)
                    S.append(k)
                    S.append(v)
                    return t
                  def hollow(self: __torch__.Step, x: Tensor) -> None:
                    x.set_data(torch.zeros([1, 1], dtype=x.dtype, device=x.device).expand(x.size()))
                    return None
                """,
                Map.of(
                        "query", LayerText.turned(options, Projection.QUERY, "q"),
                        "key", LayerText.turned(options, Projection.KEY, "k"),
                        "shared", options.config().keyValueHeads(),
                        "size", options.config().headSize(),
                        "hollow", options.config().family().normalisesHeads() ? "" : "    self.hollow(q)\n    self.hollow(k)\n    self.hollow(v)\n"));
    }

    private static String tracked(GraphOptions options) {
        boolean gemma = options.config().family().isGemma();
        return Fill.in(
                """
                  def tracked(self: __torch__.Step, x: Tensor, W: List[Tensor], o: int, P: List[Tensor], p: int, i: int, R: List[Tensor], inv: Tensor, Q: List[Tensor], K: List[Tensor], M: List[Tensor], S: List[Tensor]) -> Tensor:
                    k = self.kind(i)
                $norm$project$keepNorm    t = self.seen(query, key, value, W, o, R[2 * k], R[2 * k + 1], inv, Q, K, M, k * len(Q), S)
                $output$spent    S.append(t)
                $normOutput    x = x + output
                $innerNorm$inner$keepInnerNorm$act$down$keepAct$normDown    return x + down
                """,
                Map.ofEntries(
                        Map.entry("norm", NormText.there(options, "h", "x", index(options, "input_layernorm"))),
                        Map.entry("keepNorm", attention(options).needsInput() ? "    S.append(h)\n" : ""),
                        Map.entry("project", attention(options).there()),
                        Map.entry("output", output(options).there()),
                        Map.entry("spent", output(options).needsInput() ? "" : "    self.hollow(t)\n"),
                        Map.entry("normOutput", gemma ? NormText.there(options, "output", "output", index(options, "post_attention_layernorm")) : ""),
                        Map.entry("innerNorm", NormText.there(options, "h", "x", index(options, innerNorm(options)))),
                        Map.entry("keepInnerNorm", inner(options).needsInput() ? "    S.append(h)\n" : ""),
                        Map.entry("inner", inner(options).there()),
                        Map.entry("act", act(options)),
                        Map.entry("down", down(options).there()),
                        Map.entry("keepAct", options.config().family().gated()
                                ? "    S.append(gate)\n    S.append(up)\n    S.append(s)\n"
                                : "    S.append(up)\n"),
                        Map.entry("normDown", gemma ? NormText.there(options, "down", "down", index(options, "post_feedforward_layernorm")) : "")));
    }

    private static String act(GraphOptions options) {
        return options.config().family().gated()
                ? "    s = " + LayerText.activation(options, "gate") + "\n    a = s * up\n"
                : "    a = " + LayerText.activation(options, "up") + "\n";
    }

    private static String innerNorm(GraphOptions options) {
        return options.config().family().isGemma() ? "pre_feedforward_layernorm" : "post_attention_layernorm";
    }

    private static String index(GraphOptions options, String norm) {
        return "o + " + options.layout().partIndex(norm + ".weight");
    }

    private static String innerBack(GraphOptions options) {
        return Fill.in(
                """
                  def inner_back(self: __torch__.Step, d: Tensor, W: List[Tensor], o: int, P: List[Tensor], p: int, S: List[Tensor]) -> None:
                    d_down = d.to($type)
                $normDown$act$keepNorm$inner$innerNorm    return None
                """,
                Map.of(
                        "type", options.activationType(),
                        "normDown", options.config().family().isGemma() ? afterNorm(options, "d_down", "post_feedforward_layernorm") : "",
                        "act", options.config().family().gated() ? gatedBack(options) : plainBack(options),
                        "keepNorm", inner(options).needsInput() ? "    h = S.pop()\n" : "",
                        "inner", inner(options).back("y"),
                        "innerNorm", NormText.back(options, "d", "e", index(options, innerNorm(options)))));
    }

    /// Lines that replace the gradient of a norm that is not of the stream by that of its input.
    private static String afterNorm(GraphOptions options, String d, String norm) {
        return "    y = torch.zeros_like(d)\n" + NormText.back(options, "y", d, index(options, norm))
                + "    " + d + " = y.to(" + options.activationType() + ")\n";
    }

    /// Gradients of gate and up lie side by side, as a joint matrix wants them.
    private static String gatedBack(GraphOptions options) {
        String slope = options.config().family().isGemma()
                ? "torch.gelu_backward(e.mul_(up), gate, approximate=\"tanh\", grad_input=d_gate)"
                : "torch.silu_backward(e.mul_(up), gate, grad_input=d_gate)";
        return Fill.in(
                """
                    s = S.pop()
                    up = S.pop()
                    gate = S.pop()
                $again$down    y = torch.empty([d.size(0), 2 * $inner], dtype=$type, device=d.device)
                    d_gate = torch.slice(y, 1, 0, $inner)
                    d_up = torch.slice(y, 1, $inner, 2 * $inner)
                    torch.mul(e, s, out=d_up)
                    $slope
                """,
                Map.of(
                        "again", down(options).needsInput() ? "    a = s * up\n" : "",
                        "down", down(options).back(""),
                        "inner", options.config().inner(),
                        "type", options.activationType(),
                        "slope", slope));
    }

    private static String plainBack(GraphOptions options) {
        return Fill.in(
                """
                    up = S.pop()
                $again$down    d_up = torch.gelu_backward(e, up, approximate="tanh")
                """,
                Map.of(
                        "again", down(options).needsInput() ? act(options) : "",
                        "down", down(options).back("")));
    }

    private static String attentionBack(GraphOptions options) {
        LinearsText attention = attention(options);
        return Fill.in(
                """
                  def attention_back(self: __torch__.Step, d: Tensor, W: List[Tensor], o: int, P: List[Tensor], p: int, S: List[Tensor]) -> None:
                    d_output = d.to($type)
                $normOutput    t = S.pop()
                $output    torch.autograd.backward([t], annotate(List[Optional[Tensor]], [e]))
                    d_value = S.pop().grad
                    d_key = S.pop().grad
                    d_query = S.pop().grad
                $keepNorm$project$norm    return None
                """,
                Map.of(
                        "type", options.activationType(),
                        "normOutput", options.config().family().isGemma() ? afterNorm(options, "d_output", "post_attention_layernorm") : "",
                        "output", output(options).back(""),
                        "keepNorm", attention.needsInput() ? "    h = S.pop()\n" : "",
                        "project", attention.back(attention.sideBySide()),
                        "norm", NormText.back(options, "d", "e", index(options, "input_layernorm"))));
    }
}
