package trex.model;

/// The four kinds of strategy of the paper (arXiv 2604.14116).
public enum ResearchDirection {
    ESTABLISH_BASELINE,
    REFINE_DATA,
    CONSTRUCT_DATA,
    ADJUST_TRAINING
}
