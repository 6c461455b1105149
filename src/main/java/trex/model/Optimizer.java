package trex.model;

/// The rule by which gradients move the weights.
public enum Optimizer {
    /// Loshchilov and Hutter, arXiv 1711.05101; two moments a weight.
    ADAMW,
    /// Stochastic gradient descent with a momentum of 0.9; one moment a weight.
    SGD,
    /// Shazeer and Stern 2018, arXiv 1804.04235, without a first moment; a row and a column of
    /// second moments a matrix.
    ADAFACTOR
}
