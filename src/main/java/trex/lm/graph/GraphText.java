package trex.lm.graph;

/// The whole source text of the module.
final class GraphText {
    private GraphText() {}

    static String of(GraphOptions options) {
        return """
                class Step(Module):
                  __parameters__ = []
                  __buffers__ = []
                  training : bool
                """
                + QuantizedText.of(options)
                + LayerText.of(options)
                + MagnitudeText.of(options)
                + PrincipalText.of(options.adapters())
                + PackedText.of(options)
                + LowerText.of(options)
                + LossText.of(options)
                + PrefixText.of(options)
                + WayBackText.of(options)
                + GenerationText.of(options)
                + GradientText.of(options)
                + OptimizerText.of()
                + TransferText.of()
                + """
                  def round(self: __torch__.Step, x: Tensor) -> Tensor:
                    return x.to(15)
                """;
    }
}
