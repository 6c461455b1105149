package trex.model;

/// Which tokens of an example carry loss.
public enum LossOn {
    COMPLETION,
    ALL
}
