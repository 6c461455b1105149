package trex.lm.graph;

/// Numbers that move between tensors of the same shapes, on one device or from one to another.
final class TransferText {
    private TransferText() {}

    static String of() {
        return """
                  def overwrite(self: __torch__.Step, T: List[Tensor], S: List[Tensor]) -> Tensor:
                    torch.set_grad_enabled(False)
                    for i in range(len(T)):
                      T[i].copy_(S[i])
                    return torch.zeros([], dtype=6)
                  def sum_up(self: __torch__.Step, T: List[Tensor], S: List[Tensor]) -> Tensor:
                    torch.set_grad_enabled(False)
                    for i in range(len(T)):
                      T[i].add_(S[i].to(T[i].device))
                    return torch.zeros([], dtype=6)
                """;
    }
}
