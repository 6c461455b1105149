package trex.training;

/// How a run's validations stand.
///
/// @param sinceBest validations since the best one
/// @param averaged whether the best one is that of the mean of the newest states: nothing is left
///     to be done
record Standing(int sinceBest, boolean averaged) {
    static final Standing START = new Standing(0, false);

    Standing afterBetter() {
        return new Standing(0, false);
    }

    Standing afterWorse() {
        return new Standing(sinceBest + 1, false);
    }

    /// Whether training ends before its last step.
    ///
    /// @param patience 0 never
    boolean exhausts(int patience) {
        return patience > 0 && sinceBest >= patience;
    }
}
