package trex.lm.graph;

import java.util.Map;

/// Outputs of the layers below the lowest trained one, which are the same in every step: `C` holds
/// them by rows, `G` names the row of each token, and is empty where they are to be computed.
final class LowerText {
    private LowerText() {}

    static String of(GraphOptions options) {
        return Fill.in(
                """
                  def lower_room(self: __torch__.Step, size: Tensor) -> Tensor:
                    return torch.zeros([int(size[0]), int(size[1])], dtype=$type, device=size.device)
                  def lower(self: __torch__.Step, W: List[Tensor], P: List[Tensor], $batch, rows: Tensor, C: Tensor, place: Tensor) -> Tensor:
                    torch.set_grad_enabled(False)
                    x = self.between(self.embed(W, ids, at), 0, $frozen, W, P, at, F, inv, Q, K, M)
                    torch.slice(C, 0, int(place[0]), int(place[0]) + rows.size(0)).copy_(torch.index_select(x, 0, rows))
                    return torch.zeros([], dtype=6, device=x.device)
                  def begun(self: __torch__.Step, W: List[Tensor], ids: Tensor, at: Tensor, C: Tensor, G: Tensor) -> Tensor:
                    if G.numel() == 0:
                      return self.embed(W, ids, at)
                    return torch.index_select(C, 0, G)
                  def first(self: __torch__.Step, G: Tensor) -> int:
                    if G.numel() == 0:
                      return 0
                    return $frozen
                """,
                Map.of("type", options.activationType(), "batch", PackedText.BATCH, "frozen", options.frozenLayers()));
    }
}
