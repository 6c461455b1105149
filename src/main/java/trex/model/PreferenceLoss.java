package trex.model;

/// The loss over a chosen and a rejected answer.
public enum PreferenceLoss {
    /// Rafailov et al. 2023, arXiv 2305.18290.
    DPO,
    /// Azar et al. 2023, arXiv 2310.12036.
    IPO,
    /// Without a reference model, by the mean of a token (Meng et al. 2024, arXiv 2405.14734).
    SIMPO
}
