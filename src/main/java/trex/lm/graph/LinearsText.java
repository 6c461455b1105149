package trex.lm.graph;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import trex.lm.Projection;

/// Linear layers of one input, on the way there and on the way back. What the way back needs
/// besides inputs is kept behind the list `S`, and taken from its end in the reverse order.
///
/// @param x what they are applied to
/// @param layers in the order in which they are applied
record LinearsText(GraphOptions options, String x, List<Projection> layers) {
    LinearsText {
        layers = List.copyOf(layers);
    }

    /// Whether gradients of weights or adapters are formed from the input.
    boolean needsInput() {
        return options.trainsWeights() || layers.stream().anyMatch(this::adapted);
    }

    private boolean adapted(Projection layer) {
        return options.adapters() != null && options.adapters().on(layer);
    }

    private String weight(Projection layer) {
        return options.layerWeight(layer.path() + ".weight");
    }

    private String parameter(Projection layer, String kind) {
        return "W[o + " + options.layout().partIndex(layer.path() + kind) + "]";
    }

    private boolean joint() {
        return options.joint(layers.getFirst()).isPresent();
    }

    /// Lines after which each layer's output is in the variable of its name.
    String there() {
        StringBuilder text = new StringBuilder(joint() ? options.jointLine(layers.getFirst(), x) : "");
        for (Projection layer : layers) {
            if (options.roundsWeights()) {
                text.append("    w = %s\n    S.append(w)\n    %s = %s\n".formatted(
                        weight(layer), layer, options.product(x, "w", options.bias(layer))));
            } else if (options.trainsMagnitudes() && adapted(layer)) {
                text.append("    %1$s = %2$s\n    S.append(%1$s)\n    %1$s = %3$s\n".formatted(
                        layer, options.sum(layer, x), options.gained(layer, layer.toString())));
            } else {
                text.append("    %s = %s\n".formatted(layer, options.linear(layer, x)));
            }
        }
        return text.toString();
    }

    /// Lines after which `e` is the gradient of the input, and those of what is trained are collected.
    ///
    /// @param joined expression of the layers' gradients side by side; read where the matrices are
    ///     joint. Else each is in the variable of its layer's name with a `d_` before it.
    String back(String joined) {
        StringBuilder text = new StringBuilder();
        if (joint()) {
            text.append("    e = %s\n".formatted(options.transposedProduct(joined, weight(layers.getFirst()))));
        }
        for (Projection layer : layers.reversed()) {
            text.append(back(layer, layer == layers.getLast()));
        }
        return text.toString();
    }

    private String back(Projection layer, boolean first) {
        StringBuilder text = new StringBuilder();
        String y = "d_" + layer;
        if (options.trainsMagnitudes() && adapted(layer)) {
            text.append("    %1$s = self.gain_back(S.pop(), %1$s, P, p + %2$d)\n".formatted(y, adapter(layer)));
        }
        if (!joint()) {
            String product = options.transposedProduct(y, options.roundsWeights() ? "S.pop()" : wide(layer));
            text.append(first ? "    e = " + product + "\n" : "    e = e + " + product + "\n");
        }
        if (options.trainsWeights()) {
            text.append("    self.weight_back(%s, %s, %s)\n".formatted(parameter(layer, ".weight"), x, y));
            if (options.config().family().biased(layer)) {
                text.append("    self.bias_back(%s, %s)\n".formatted(parameter(layer, ".bias"), y));
            }
        }
        if (adapted(layer)) {
            text.append("    self.adapter_back(%s, %s, P, p + %d, e)\n".formatted(x, y, adapter(layer)));
        }
        return text.toString();
    }

    private int adapter(Projection layer) {
        if (options.adapters() == null) {
            throw new IllegalStateException("no adapters on " + layer);
        }
        return options.adapters().indexOfA(layer);
    }

    private String wide(Projection layer) {
        return options.dense(weight(layer), layer, options.activationType());
    }

    /// The gradients' functions.
    static String functions(GraphOptions options) {
        return (options.trainsWeights() ? weights(options) : "")
                + (options.adapters() == null ? "" : adapters(options))
                + (options.trainsMagnitudes() ? magnitudes(options) : "");
    }

    private static String weights(GraphOptions options) {
        return Fill.in(
                """
                  def weight_back(self: __torch__.Step, w: Tensor, x: Tensor, y: Tensor) -> None:
                    $collect
                    return None
                  def bias_back(self: __torch__.Step, b: Tensor, y: Tensor) -> None:
                    b.grad.add_(torch.sum(y, [0], dtype=6))
                    return None
                """,
                Map.of("collect", options.collected("w.grad", "y", "x")));
    }

    private static String adapters(GraphOptions options) {
        return Fill.in(
                """
                  def adapter_back(self: __torch__.Step, x: Tensor, y: Tensor, P: List[Tensor], p: int, e: Tensor) -> None:
                    a = P[p].to($type)
                    l = torch.matmul(y, P[p + 1].to($type))
                    P[p + 1].grad.add_(torch.matmul(y.t(), torch.linear(x, a)), alpha=$scale)
                    P[p].grad.add_(torch.matmul(l.t(), x), alpha=$scale)
                    e.addmm_(l, a, beta=1, alpha=$scale)
                    return None
                """,
                Map.of("type", options.activationType(), "scale", options.adapterScale()));
    }

    /// `y` is the output before the gain.
    private static String magnitudes(GraphOptions options) {
        return Fill.in(
                """
                  def gain_back(self: __torch__.Step, y: Tensor, d: Tensor, P: List[Tensor], p: int) -> Tensor:
                    torch.autograd.backward([P[p + 2]], annotate(List[Optional[Tensor]], [torch.sum(d * y, [0], dtype=6)]))
                    return d * P[p + 2].to($type)
                """,
                Map.of("type", options.activationType()));
    }

    /// The layers' gradients side by side, from the variables of their names.
    String sideBySide() {
        return layers.stream().map(layer -> "d_" + layer).collect(Collectors.joining(", ", "torch.cat([", "], 1)"));
    }
}
