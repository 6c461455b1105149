package trex.search.planner;

/// How one of many candidate points is picked.
public enum Screen {
    /// The first.
    BLIND,
    /// The highest ratio of a [ParzenEstimator].
    PARZEN,
    /// The highest expected improvement of a [GaussianProcess].
    EXPECTED_IMPROVEMENT
}
