package trex.model;

/// What low-rank adapters are before the first step.
public enum LoraInit {
    /// A random, B zero: the first step starts from the base model (PEFT's default).
    RANDOM,
    /// The leading singular vectors of each weight, which is left with the rest (PiSSA, Meng et al.
    /// 2024, arXiv 2404.02948).
    PRINCIPAL
}
